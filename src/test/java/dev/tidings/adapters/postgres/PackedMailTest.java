package dev.tidings.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.adapters.postgres.PackedMail.Bodies;
import dev.tidings.application.notification.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedMailTest {

    /** Packed by the first version. It must be read for as long as mails that were packed then may wait. */
    private static final String FROM_LONG_AGO =
            "783f5fead44383c490634a22b0842d4fcd49cecf4d55e46280471d4802166b3069301f00e6fe10df";

    /** FreeMarker's comments, directives and macros, and the values that it puts in. */
    private static final Pattern PLACEHOLDERS =
            Pattern.compile("<#--.*?-->|</?[#@][^>]*>|\\$\\{[^}]*}", Pattern.DOTALL);

    @Property
    void what_was_packed_comes_back(@ForAll @StringLength(max = 300) String text, @ForAll String html) {
        Bodies bodies = new Bodies(text.replace("\0", ""), html.replace("\0", ""));

        assertThat(PackedMail.unpacked(packed(bodies.text(), bodies.html()))).isEqualTo(bodies);
    }

    @Test
    void one_packer_packs_many() {
        try (PackedMail.Packer packer = new PackedMail.Packer()) {
            for (String name : new String[] {"Ada", "Łucja", "Zoë"}) {
                byte[] packed = packer.packed(new Message("Hi", "Hi " + name, "<p>Hi " + name + "</p>"));

                assertThat(PackedMail.unpacked(Objects.requireNonNull(packed)))
                        .isEqualTo(new Bodies("Hi " + name, "<p>Hi " + name + "</p>"));
            }
        }
    }

    @Test
    void nothing_is_too_long() {
        String text = "Grüße ✉ \uD83D\uDE80\n".repeat(20_000);
        String html = "<p>" + text
                + new Random(1).ints(5_000).mapToObj(Integer::toHexString).toList() + "</p>";

        assertThat(PackedMail.unpacked(packed(text, html))).isEqualTo(new Bodies(text, html));
    }

    @Test
    void what_has_no_html_stays_as_it_is() {
        try (PackedMail.Packer packer = new PackedMail.Packer()) {
            assertThat(packer.packed(new Message("", "Your code is 123456", null)))
                    .isNull();
        }
    }

    @Test
    void the_character_between_both_may_be_in_neither() {
        assertThatIllegalArgumentException().isThrownBy(() -> packed("a\0b", "<p>"));
        assertThatIllegalArgumentException().isThrownBy(() -> packed("ab", "<p>\0"));
    }

    @Test
    void what_was_packed_long_ago_is_still_read() {
        assertThat(PackedMail.unpacked(HexFormat.of().parseHex(FROM_LONG_AGO)))
                .isEqualTo(new Bodies("Hello Ada,\n\nwelcome!\n", "<p>Hello Ada,</p>\n<p>welcome!</p>\n"));
    }

    /** When this fails, the layout has changed: mails are still packed, but not as well. Add a dictionary; keep the old one. */
    @Test
    void the_dictionary_has_all_that_the_layout_writes() throws IOException {
        String dictionary = resource("/packing/mail-1.html");

        assertThat(PLACEHOLDERS
                        .splitAsStream(resource("/templates/layout.ftlh"))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty()))
                .hasSizeGreaterThan(10)
                .allSatisfy(part -> assertThat(dictionary).contains(part));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void what_ends_too_soon_is_no_mail(int length) {
        byte[] packed = packed("Hello Ada", "<p>Hello Ada, how are you today?</p>");

        assertThatThrownBy(() -> PackedMail.unpacked(Arrays.copyOf(packed, length)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_was_changed_is_no_mail() {
        byte[] packed = packed("Hello Ada", "<p>Hello Ada, how are you today?</p>");
        packed[packed.length - 1]++;

        assertThatThrownBy(() -> PackedMail.unpacked(packed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_was_packed_with_another_dictionary_is_no_mail() {
        Deflater deflater = new Deflater();
        deflater.setDictionary("Hello".getBytes(StandardCharsets.UTF_8));
        byte[] other = deflated("Hello Ada\0<p>Hello Ada</p>", deflater);

        assertThatThrownBy(() -> PackedMail.unpacked(other)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_has_a_text_alone_is_no_mail() {
        byte[] other = deflated("Hello Ada", new Deflater());

        assertThatThrownBy(() -> PackedMail.unpacked(other)).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] deflated(String bodies, Deflater deflater) {
        deflater.setInput(bodies.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] room = new byte[100];
        byte[] deflated = Arrays.copyOf(room, deflater.deflate(room));
        deflater.end();
        return deflated;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PackedMailTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] packed(String text, String html) {
        try (PackedMail.Packer packer = new PackedMail.Packer()) {
            return Objects.requireNonNull(packer.packed(new Message("", text, html)));
        }
    }
}
