package dev.tidings.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SslSetupTest {
    @TempDir
    static Path directory;

    private Secrets secrets;

    @BeforeAll
    void make() {
        secrets = Secrets.makeIn(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "standby", "rabbitmq", "mailpit"})
    void each_server_has_a_certificate_of_the_private_authority_for_its_name(String server) throws Exception {
        X509Certificate certificate = certificate(server);

        verify(certificate, certificate("ca"));
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(2, server), List.of(2, "localhost"));
        assertThat(certificate.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).as("may sign others").isEqualTo(-1);
    }

    @Test
    void another_authority_does_not_vouch_for_it(@TempDir Path other) throws Exception {
        Secrets foreign = Secrets.makeIn(other);

        X509Certificate authority = certificate(foreign.path("ssl/ca.crt"));
        assertThatThrownBy(() -> verify(certificate("primary"), authority))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void keys_are_for_their_owner_only_and_the_directory_is_closed() throws IOException {
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(files().keySet())
                .filteredOn(name -> name.endsWith(".key"))
                .hasSize(5)
                .allSatisfy(key -> assertThat(permissions(secrets.path(key))).isEqualTo("rw-------"));
    }

    @Test
    void no_two_passwords_are_alike() throws IOException {
        List<String> passwords = files().entrySet().stream()
                .filter(file -> file.getKey().matches(".*(_password|SMTP_PASSWORD|TOKEN)"))
                .map(Map.Entry::getValue)
                .toList();

        assertThat(passwords)
                .hasSizeGreaterThan(6)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[0-9a-f]{48}"));
    }

    @Test
    void the_addresses_carry_the_passwords_and_ask_for_a_verified_server() {
        assertThat(secrets.text("tidings/DATABASE_URL"))
                .contains(":" + secrets.text("postgres/tidings_password") + "@primary:5432/")
                .contains("sslmode=verify-full");
        assertThat(secrets.text("tidings/STANDBY_DATABASE_URL"))
                .contains("@standby:5432/")
                .contains("sslmode=verify-full");
        assertThat(secrets.text("tidings/RABBITMQ_URL"))
                .startsWith("amqps://tidings:" + secrets.text("rabbitmq/tidings_password") + "@rabbitmq:5671");
    }

    @Test
    void rabbitmq_knows_the_hash_of_the_password() throws GeneralSecurityException {
        Tree user = new Tree("definitions.json", new Yaml().load(secrets.text("rabbitmq/definitions.json")))
                .at("users")
                .items()
                .getFirst();
        byte[] saltAndHash = Base64.getDecoder().decode(user.at("password_hash").text());
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(saltAndHash, 0, 4);
        sha256.update(secrets.text("rabbitmq/tidings_password").getBytes(StandardCharsets.UTF_8));

        assertThat(user.at("name").text()).isEqualTo("tidings");
        assertThat(sha256.digest()).isEqualTo(Arrays.copyOfRange(saltAndHash, 4, saltAndHash.length));
    }

    @Test
    void a_second_run_changes_nothing() throws IOException {
        Map<String, String> before = files();

        assertThat(Secrets.makeIn(directory).said()).doesNotContain("made ");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void what_was_deleted_is_made_anew_and_nothing_else(@TempDir Path other) throws IOException {
        Secrets.makeIn(other);
        Map<String, String> before = files(other);
        Files.delete(other.resolve("ssl/standby.key"));
        Files.delete(other.resolve("ssl/standby.crt"));
        Secrets.makeIn(other);

        Map<String, String> after = files(other);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.keySet())
                .filteredOn(name -> !String.valueOf(after.get(name)).equals(before.get(name)))
                .containsExactlyInAnyOrder("ssl/standby.key", "ssl/standby.crt");
    }

    private X509Certificate certificate(String name) throws Exception {
        return certificate(secrets.path("ssl/" + name + ".crt"));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void verify(X509Certificate certificate, X509Certificate authority) throws Exception {
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        trust.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), trust);
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files() throws IOException {
        return files(directory);
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> files.put(directory.relativize(file).toString(), Repository.text(file)));
        }
        return files;
    }
}
