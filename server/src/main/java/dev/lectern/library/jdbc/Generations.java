package dev.lectern.library.jdbc;

import dev.lectern.shared.CollectionId;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which collections there are, with their generations, as they are when it is asked. Every question asks, so those that come together ask once. */
@Component
class Generations {
    private final JdbcClient jdbc;
    private final SharedRead<Map<CollectionId, Long>> shared = new SharedRead<>(this::read);

    Generations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A transaction reads for itself, since what it sees is for nobody else. */
    Map<CollectionId, Long> now() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? read() : shared.get();
    }

    private Map<CollectionId, Long> read() {
        Map<CollectionId, Long> generations = new HashMap<>();
        jdbc.sql("SELECT id, generation FROM collection").query(row -> {
            generations.put(new CollectionId(row.getString(1)), row.getLong(2));
        });
        return Map.copyOf(generations);
    }
}
