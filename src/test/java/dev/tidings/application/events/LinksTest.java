package dev.tidings.application.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final String WITH_TOKEN = "https://example.org/x?token={token}&lang=en";
    private static final String PLAIN = "http://localhost:3000/sign-in";

    @Test
    void a_token_cannot_break_out_of_its_link() {
        Links links = new Links(WITH_TOKEN, WITH_TOKEN, PLAIN, PLAIN);

        assertThat(links.verifyEmail("a b&admin=1#<>\"'/ü+%"))
                .isEqualTo("https://example.org/x?token=a+b%26admin%3D1%23%3C%3E%22%27%2F%C3%BC%2B%25&lang=en");
        assertThat(links.resetPassword("eyJh.bGci-Oi_J9"))
                .isEqualTo("https://example.org/x?token=eyJh.bGci-Oi_J9&lang=en");
    }

    @Test
    void a_link_with_a_token_must_say_where_the_token_goes() {
        assertRefused("verify-email", () -> new Links(PLAIN, WITH_TOKEN, PLAIN, PLAIN));
        assertRefused("reset-password", () -> new Links(WITH_TOKEN, PLAIN, PLAIN, PLAIN));
    }

    @Test
    void a_link_is_an_http_or_https_address() {
        assertRefused("verify-email", () -> new Links("javascript:alert('{token}')", WITH_TOKEN, PLAIN, PLAIN));
        assertRefused("reset-password", () -> new Links(WITH_TOKEN, "/reset?token={token}", PLAIN, PLAIN));
        assertRefused("sign-in", () -> new Links(WITH_TOKEN, WITH_TOKEN, "ftp://example.org", PLAIN));
        assertRefused("support", () -> new Links(WITH_TOKEN, WITH_TOKEN, PLAIN, "mailto:help@example.org"));
    }

    private static void assertRefused(String name, ThrowingCallable creation) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessageContaining("link " + name);
    }
}
