package dev.lectern.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.configuration.StartFailureReporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong certificates and keys, as the start and {@code doctor} see them. */
class TlsSettingRuleTest {
    private static final String PASSWORD = "changeit";
    private static TestCertificate ec;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() {
        ec = TestCertificate.ec();
    }

    private Map<String, String> pem() throws Exception {
        ec.writePem(folder);
        return new HashMap<>(Map.of(
                "lectern.tls.certificate", folder.resolve("certificate.pem").toString(),
                "lectern.tls.key", folder.resolve("key.pem").toString()));
    }

    private Map<String, String> keyStore() {
        return new HashMap<>(Map.of(
                "lectern.tls.key-store",
                folder.resolve("store").toString(),
                "lectern.tls.key-store-password",
                PASSWORD));
    }

    private static String refusal(Map<String, String> settings) {
        String line = StartFailureReporter.describe(catchThrowable(() -> new TlsSettingRule().check(settings)));
        assertThat(line).isNotEmpty().doesNotContain("\n", "Exception", PASSWORD);
        return line;
    }

    private String certificate() {
        return "LECTERN_TLS_CERTIFICATE=" + folder.resolve("certificate.pem");
    }

    private String key() {
        return "LECTERN_TLS_KEY=" + folder.resolve("key.pem");
    }

    @Test
    void matchingFiles_areAccepted() throws Exception {
        Map<String, String> settings = pem();
        assertThatCode(() -> new TlsSettingRule().check(settings)).doesNotThrowAnyException();
        TestCertificate.rsa(2048).writePem(folder);
        assertThatCode(() -> new TlsSettingRule().check(settings)).doesNotThrowAnyException();
        assertThatCode(() -> new TlsSettingRule().check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void oneOfTwoSettings_isRefused() {
        assertThat(refusal(Map.of("lectern.tls.certificate", "/c.pem")))
                .isEqualTo(
                        "LECTERN_TLS_CERTIFICATE requires LECTERN_TLS_KEY. Set it to the path of the PEM file with the"
                                + " private key.");
        assertThat(refusal(Map.of("lectern.tls.key", "/k.pem"))).startsWith("LECTERN_TLS_KEY requires");
        assertThat(refusal(Map.of("lectern.tls.key", "/k.pem", "lectern.tls.key-store", "/s.p12")))
                .isEqualTo("LECTERN_TLS_KEY and LECTERN_TLS_KEY_STORE are both set. Remove one of them.");
        assertThat(refusal(Map.of("lectern.tls.redirect-port", "80")))
                .startsWith("LECTERN_TLS_REDIRECT_PORT requires HTTPS.");
    }

    @Test
    void onePortForHttpAndHttps_isRefused() throws Exception {
        Map<String, String> settings = pem();
        settings.put("lectern.tls.redirect-port", "8443");
        assertThatCode(() -> new TlsSettingRule().check(settings)).doesNotThrowAnyException();
        settings.put("lectern.port", "8443");
        assertThat(refusal(settings))
                .isEqualTo(
                        "LECTERN_TLS_REDIRECT_PORT=8443 is the port of HTTPS. Set it to another port than LECTERN_PORT,"
                                + " such as 80, or remove it.");
    }

    @Test
    void missingFile_isRefused() throws Exception {
        Map<String, String> settings = pem();
        Files.delete(folder.resolve("key.pem"));
        assertThat(refusal(settings)).startsWith(key() + " does not exist.");
        settings.put("lectern.tls.certificate", folder.toString());
        assertThat(refusal(settings)).startsWith("LECTERN_TLS_CERTIFICATE=" + folder + " is not a file");
    }

    @Test
    void fileOfAnotherKind_isRefused() throws Exception {
        Map<String, String> settings = pem();
        Files.writeString(folder.resolve("key.pem"), ec.certificatePem());
        assertThat(refusal(settings)).startsWith(key() + " has no private key in PEM form.");
        ec.writePem(folder);
        Files.writeString(folder.resolve("certificate.pem"), ec.keyPem());
        assertThat(refusal(settings)).startsWith(certificate() + " has no certificate in PEM form.");
        Files.writeString(folder.resolve("certificate.pem"), ec.certificatePem().replaceFirst("MII", "AAA"));
        assertThat(refusal(settings)).startsWith(certificate() + " has a damaged certificate.");
        ec.writePem(folder);
        Files.writeString(folder.resolve("key.pem"), ec.keyPem().replaceFirst("M[A-Za-z]", "AA"));
        assertThat(refusal(settings)).startsWith(key() + " has a private key of an unknown form.");
    }

    @Test
    void keyOfAnotherCertificate_isRefused() throws Exception {
        Map<String, String> settings = pem();
        TestCertificate other = TestCertificate.ec();
        Files.writeString(folder.resolve("key.pem"), other.keyPem());
        assertThat(refusal(settings))
                .isEqualTo("The private key in " + key() + " does not belong to the certificate in " + certificate()
                        + ". Set both to files that were made together.");
        Files.writeString(folder.resolve("certificate.pem"), ec.certificatePem() + other.certificatePem());
        assertThat(refusal(settings)).startsWith("The certificate of the key is not the first one in ");
    }

    @Test
    void certificateThatIsNotValidToday_isRefused() throws Exception {
        Map<String, String> settings = pem();
        TestCertificate.ec(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(1))
                .writePem(folder);
        assertThat(refusal(settings))
                .isEqualTo("The certificate in " + certificate()
                        + " expired on 2026-01-02 00:00 UTC. Replace it by a valid one.");
        TestCertificate.ec(Instant.now().plus(Duration.ofDays(2)), Duration.ofDays(1))
                .writePem(folder);
        assertThat(refusal(settings)).contains(" is valid only from ");
    }

    @Test
    void weakKey_isRefused() throws Exception {
        Map<String, String> settings = pem();
        TestCertificate.rsa(1024).writePem(folder);
        assertThat(refusal(settings)).contains("has an RSA key of 1024 bits");
    }

    @Test
    void keyStore_ofBothKinds_isAccepted_andAWrongPasswordRefused() throws Exception {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            ec.writeKeyStore(folder.resolve("store"), type, PASSWORD, "one");
            Map<String, String> settings = keyStore();
            assertThatCode(() -> new TlsSettingRule().check(settings)).doesNotThrowAnyException();
            settings.put("lectern.tls.key-store-password", "wrong");
            assertThat(refusal(settings)).contains("that LECTERN_TLS_KEY_STORE_PASSWORD opens");
        }
    }

    @Test
    void keyStore_withSeveralKeys_needsTheNameOfOne() throws Exception {
        ec.writeKeyStore(folder.resolve("store"), "PKCS12", PASSWORD, "one", "two");
        Map<String, String> settings = keyStore();
        assertThat(refusal(settings)).endsWith("Set LECTERN_TLS_KEY_ALIAS to one of: one, two.");
        settings.put("lectern.tls.key-alias", "three");
        assertThat(refusal(settings)).startsWith("LECTERN_TLS_KEY_ALIAS=three is no private key");
        settings.put("lectern.tls.key-alias", "two");
        assertThatCode(() -> new TlsSettingRule().check(settings)).doesNotThrowAnyException();
        ec.writeKeyStore(folder.resolve("store"), "PKCS12", PASSWORD);
        assertThat(refusal(keyStore())).contains("has no private key");
    }
}
