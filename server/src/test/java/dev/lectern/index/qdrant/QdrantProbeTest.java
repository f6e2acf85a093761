package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.index.QdrantProbe;
import dev.lectern.shared.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QdrantProbeTest {

    @Test
    void look_runningQdrant_tellsVersionAndIndexes() throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.startWithKey("right");
                QdrantIndexStore store = QdrantStoreFixtures.open(
                        server.url(), Secret.of("right"), QdrantStoreFixtures.settings("lectern"))) {
            store.open(FINGERPRINT).add(List.of(passage("a", "cat")));
            assertThat(probe(Map.of("lectern.qdrant.url", server.url(), "lectern.qdrant.api-key", "right")))
                    .contains(new QdrantProbe.Found("1.18.3", 1, 0));
            assertThatThrownBy(
                            () -> probe(Map.of("lectern.qdrant.url", server.url(), "lectern.qdrant.api-key", "wrong")))
                    .hasMessageContaining("LECTERN_QDRANT_API_KEY");
        }
    }

    @Test
    void look_othersIndexes_areToldApart() throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.start();
                QdrantIndexStore theirs = QdrantStoreFixtures.openFor(
                        "theirs", server.url(), Secret.NONE, QdrantStoreFixtures.settings("lectern"))) {
            theirs.open(FINGERPRINT).add(List.of(passage("a", "cat")));
            assertThat(probe(Map.of("lectern.qdrant.url", server.url())))
                    .contains(new QdrantProbe.Found("1.18.3", 0, 1));
        }
    }

    @Test
    void look_nothingConfigured_looksAtNothing() {
        assertThat(probe(Map.of())).isEmpty();
    }

    @Test
    void look_wrongSettings_saysWhich() {
        assertThatThrownBy(() -> probe(Map.of("lectern.qdrant.url", "localhost:6334")))
                .hasMessageContaining("LECTERN_QDRANT_URL");
        assertThatThrownBy(() -> probe(Map.of(
                        "lectern.qdrant.url",
                        "http://localhost:6334",
                        "lectern.index.qdrant.write-consistency-factor",
                        "2")))
                .rootCause()
                .hasMessageContaining("LECTERN_INDEX_QDRANT_WRITE_CONSISTENCY_FACTOR");
    }

    @Test
    void look_httpPort_namesTheOther() {
        assertThatThrownBy(() -> probe(Map.of("lectern.qdrant.url", "http://127.0.0.1:6333")))
                .hasMessageContaining("6334");
    }

    private static Optional<QdrantProbe.Found> probe(Map<String, String> properties) {
        return QdrantProbe.probe(properties, () -> QdrantStoreFixtures.LIBRARY, InstantSource.system());
    }
}
