package dev.lectern.security.access;

import dev.lectern.observability.spi.PeriodicTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every change of accounts, keys, sessions and grants. It raises a number in the database, which each node looks at twice a second, so that what a node remembers
 * of them ({@link AccessCache}) is forgotten at once where the change was made, and half a second later elsewhere. While the number cannot be read, nothing is
 * remembered for longer than that. Thread-safe.
 */
@Component
@Lazy(false)
public class AccessChanges implements DisposableBean {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(AccessChanges.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ExecutorService executor;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final PeriodicTask task = new PeriodicTask(Duration.ZERO, INTERVAL, this::look);
    private long seen = -1;
    private boolean failing;

    AccessChanges(JdbcClient jdbc, TransactionTemplate transactions, ExecutorService executor) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.executor = executor;
    }

    /** Makes a change in a transaction, that of the caller if there is one. Of all nodes one change is made after another. */
    public <T> T make(Supplier<T> change) {
        return transactions.execute(_ -> {
            jdbc.sql("UPDATE access_revision SET revision = revision + 1 WHERE id = 1")
                    .update();
            T result = change.get();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    notifyListeners();
                }
            });
            return result;
        });
    }

    /** Makes a change in a transaction, that of the caller if there is one. */
    public void make(Runnable change) {
        make(() -> {
            change.run();
            return true;
        });
    }

    /** @param listener called after each change, of this node and of others, and while changes cannot be noticed; must be quick */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    private void look() {
        try {
            long revision = jdbc.sql("SELECT revision FROM access_revision WHERE id = 1")
                    .query(Long.class)
                    .single();
            if (revision != seen || failing) {
                notifyListeners();
            }
            seen = revision;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !task.isStopped()) {
                log.warn(
                        "Changes of access by other nodes cannot be noticed; until they can, accounts and grants are read for each request",
                        e);
            }
            failing = true;
            notifyListeners();
        }
    }

    private void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public void destroy() {
        task.stop();
    }
}
