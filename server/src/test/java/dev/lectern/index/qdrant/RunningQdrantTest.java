package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassages;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The kit against the Qdrant at QDRANT_URL (with QDRANT_API_KEY, if it wants a key), in collections of its own that are deleted afterwards. One that
 * cannot be reached is a failure.
 */
@SuppressWarnings("NullAway.Init")
@EnabledIfEnvironmentVariable(named = "QDRANT_URL", matches = ".+")
class RunningQdrantTest {
    private final Set<EmbedderFingerprint> used = new HashSet<>();
    private final List<QdrantStore> stores = new ArrayList<>();
    private String prefix;

    @BeforeEach
    void choosePrefix() {
        prefix = "lectern-test-" + UUID.randomUUID();
    }

    private QdrantStore store() {
        QdrantStore store = QdrantStores.open(
                System.getenv("QDRANT_URL"),
                Secret.of(System.getenv().getOrDefault("QDRANT_API_KEY", "")),
                QdrantStores.settings(prefix));
        stores.add(store);
        return store;
    }

    @AfterEach
    void discard() {
        used.forEach(stores.getFirst()::discard);
        stores.forEach(QdrantStore::close);
    }

    @Nested
    class Contract extends PassageIndexContract {
        @Override
        protected PassageIndex open(EmbedderFingerprint fingerprint) {
            used.add(fingerprint);
            return (stores.isEmpty() ? store() : stores.getFirst()).open(fingerprint);
        }

        @Override
        protected PassageIndex openAfterKill() {
            return store().open(IndexedPassages.FINGERPRINT);
        }
    }
}
