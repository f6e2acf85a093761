package dev.lectern.library.jdbc;

import dev.lectern.shared.CollectionId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which collections there are, with their generations, and the embedder in force, as they are when it is asked. Every question asks, so those that come
 * together ask once.
 */
@Component
class Generations {
    private final JdbcClient jdbc;
    private final SharedRead<Present> shared = new SharedRead<>(this::read);

    Generations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param embedder id of the one in force; null before the first document was shown */
    record Present(
            Map<CollectionId, Long> generations, @Nullable String embedder) {}

    /** A transaction reads for itself, since what it sees is for nobody else. */
    Present now() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? read() : shared.get();
    }

    private Present read() {
        Map<CollectionId, Long> generations = new HashMap<>();
        AtomicReference<@Nullable String> embedder = new AtomicReference<>();
        jdbc.sql("SELECT id, generation, embedder FROM collection").query(row -> {
            generations.put(new CollectionId(row.getString(1)), row.getLong(2));
            String id = row.getString(3);
            if (id != null) {
                embedder.set(id);
            }
        });
        return new Present(Map.copyOf(generations), embedder.get());
    }
}
