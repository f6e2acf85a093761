package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of TLS connections with a self-signed certificate. */
@SuppressWarnings("NullAway.Init")
class QdrantTlsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "qdrant",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1");
        keytool(
                "-exportcert",
                "-alias",
                "qdrant",
                "-rfc",
                "-file",
                folder.resolve("ca.pem").toString());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", "changeit"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static Path store() {
        return folder.resolve("store.p12");
    }

    private static QdrantIndexProperties settings(String certificates) {
        return new QdrantIndexProperties(
                "test", 0, 1, 1, true, false, false, true, 256, TIMEOUT, TIMEOUT, TIMEOUT, 1, certificates);
    }

    @Test
    void https_trustedCertificate_works() throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.startEncrypted(store(), "changeit");
                QdrantIndexStore store = QdrantStoreFixtures.open(
                        server.url(), settings(folder.resolve("ca.pem").toString()))) {
            PassageIndex index = store.open(FINGERPRINT);
            index.add(List.of(passage("a", "cat")));
            assertThat(index.count(ALL)).isOne();
        }
    }

    @Test
    void https_unknownCertificate_isRefusedWithWhatToDo() throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.startEncrypted(store(), "changeit");
                QdrantIndexStore store = QdrantStoreFixtures.open(server.url(), settings(""))) {
            assertThatThrownBy(() -> store.open(FINGERPRINT).count(ALL))
                    .isInstanceOfSatisfying(
                            LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE))
                    .hasMessageContaining("LECTERN_INDEX_QDRANT_CERTIFICATES");
        }
    }

    @Test
    void https_serverWithoutTls_isSaid() throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.start();
                QdrantIndexStore store =
                        QdrantStoreFixtures.open(server.url().replace("http:", "https:"), settings(""))) {
            assertThatThrownBy(() -> store.open(FINGERPRINT).count(ALL)).hasMessageContaining("http or https");
        }
    }

    @Test
    void certificates_thatAreNone_areRefusedAtTheStart() throws IOException {
        Path noPem = Files.writeString(folder.resolve("no.pem"), "nothing");
        assertThatThrownBy(() -> QdrantStoreFixtures.open("https://localhost", settings(noPem.toString())))
                .hasMessageContaining("LECTERN_INDEX_QDRANT_CERTIFICATES");
        assertThatThrownBy(() -> QdrantStoreFixtures.open(
                        "https://localhost", settings(folder.resolve("missing").toString())))
                .hasMessageContaining("LECTERN_INDEX_QDRANT_CERTIFICATES");
    }
}
