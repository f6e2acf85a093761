package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassageFixtures;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

@SuppressWarnings("NullAway.Init")
class QdrantPassageIndexTest {
    private FakeQdrantServer server;
    private QdrantIndexStore store;
    private @Nullable QdrantIndexStore otherNode;

    @BeforeEach
    void start() throws Exception {
        server = FakeQdrantServer.start();
        store = QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test"));
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

        @Override
        protected PassageIndex openSearchingExactly(int exactPassages) {
            otherNode = QdrantStoreFixtures.openSearching(
                    server.url(), Secret.NONE, QdrantStoreFixtures.settings("test"), exactPassages);
            return otherNode.open(IndexedPassageFixtures.FINGERPRINT);
        }

        /** Another node sees what this one would leave. */
        @Override
        protected PassageIndex openAfterKill() {
            otherNode = QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test"));
            return otherNode.open(IndexedPassageFixtures.FINGERPRINT);
        }
    }
}
