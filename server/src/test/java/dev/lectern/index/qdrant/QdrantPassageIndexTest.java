package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassages;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import dev.lectern.shared.EmbedderFingerprint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

@SuppressWarnings("NullAway.Init")
class QdrantPassageIndexTest {
    private StrictQdrant server;
    private QdrantStore store;
    private @Nullable QdrantStore otherNode;

    @BeforeEach
    void start() throws Exception {
        server = StrictQdrant.start();
        store = QdrantStores.open(server.url(), QdrantStores.settings("test"));
    }

    @AfterEach
    void stop() {
        store.close();
        if (otherNode != null) {
            otherNode.close();
        }
        server.close();
    }

    @Nested
    class Contract extends PassageIndexContract {
        @Override
        protected PassageIndex open(EmbedderFingerprint fingerprint) {
            return store.open(fingerprint);
        }

        /** Another node sees what this one would leave. */
        @Override
        protected PassageIndex openAfterKill() {
            otherNode = QdrantStores.open(server.url(), QdrantStores.settings("test"));
            return otherNode.open(IndexedPassages.FINGERPRINT);
        }
    }
}
