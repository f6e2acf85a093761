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
 * Reads the generations of all collections and the active embedder. Every question needs them, so concurrent calls share one read.
 */
@Component
public class CollectionGenerationRepository {
    private final JdbcClient jdbc;
    private final CoalescingReader<Current> reads = new CoalescingReader<>(this::query);

    public CollectionGenerationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The generations at the time of the call.
     *
     * @param embedder id of the active embedder's fingerprint; null before the first document was committed
     */
    public record Current(
            Map<CollectionId, Long> generations, @Nullable String embedder) {}

    /** Reads the present state. A call in a transaction reads by itself, since others must not see its changes. */
    public Current read() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? query() : reads.get();
    }

    private Current query() {
        Map<CollectionId, Long> generations = new HashMap<>();
        AtomicReference<@Nullable String> embedder = new AtomicReference<>();
        jdbc.sql("SELECT id, generation, embedder FROM collection").query(row -> {
            generations.put(new CollectionId(row.getString(1)), row.getLong(2));
            String id = row.getString(3);
            if (id != null) {
                embedder.set(id);
            }
        });
        return new Current(Map.copyOf(generations), embedder.get());
    }
}
