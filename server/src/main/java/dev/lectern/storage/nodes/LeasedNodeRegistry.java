package dev.lectern.storage.nodes;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.nodes.NodeAdmission.JoiningNode;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Registers this node with one row. On PostgreSQL the node renews the lease of its row several times within the lease, by the clock of the database, and
 * deletes rows with an expired lease. After an outage of the database every lease has expired, so only a node that has renewed its own lease without a gap
 * deletes others. On SQLite the lock of the data folder guarantees that there is no other node.
 */
final class LeasedNodeRegistry implements NodeRegistry, InitializingBean, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(LeasedNodeRegistry.class);
    private static final int RENEWALS_PER_LEASE = 6;
    private static final int RENEWALS_BEFORE_CLEANUP = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Dialect dialect;
    private final ExecutorService executor;
    private final long leaseMillis;
    private final NodeAdmission nodeAdmission;
    private final JoiningNode self;
    private final ReentrantLock renewalLock = new ReentrantLock();
    private volatile boolean stopped;
    private volatile @Nullable Thread renewalThread;
    private int consecutiveRenewals;

    LeasedNodeRegistry(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Dialect dialect,
            ExecutorService executor,
            Duration lease,
            JoiningNode self) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.dialect = dialect;
        this.executor = executor;
        this.leaseMillis = lease.toMillis();
        this.nodeAdmission = new NodeAdmission(jdbc, transactions, dialect, leaseMillis);
        this.self = self;
    }

    @Override
    public String self() {
        return self.id();
    }

    @Override
    public int countOthers() {
        return jdbc.sql("SELECT COUNT(*) FROM node WHERE id <> ?")
                .param(self.id())
                .query(Integer.class)
                .single();
    }

    @Override
    public void afterPropertiesSet() {
        switch (dialect) {
            case SQLITE ->
                transactions.executeWithoutResult(status -> {
                    jdbc.sql("DELETE FROM node").update();
                    nodeAdmission.insert(self);
                });
            case POSTGRESQL -> {
                nodeAdmission.join(self);
                executor.execute(new BackgroundTask(this::renewUntilStopped));
            }
        }
    }

    private void renewUntilStopped() {
        renewalThread = Thread.currentThread();
        while (!stopped) {
            LockSupport.parkNanos(
                    this, Duration.ofMillis(leaseMillis / RENEWALS_PER_LEASE).toNanos());
            renewalLock.lock();
            try {
                if (!stopped) {
                    renewLease();
                }
            } finally {
                renewalLock.unlock();
            }
        }
    }

    private void renewLease() {
        long started = System.nanoTime();
        try {
            int present = jdbc.sql("UPDATE node SET alive_until = " + dialect.currentMillis() + " + ? WHERE id = ?")
                    .params(leaseMillis, self.id())
                    .update();
            if (present == 0) {
                nodeAdmission.insert(self);
                consecutiveRenewals = 0;
                log.warn(
                        "The lease of this node expired after {} ms without renewal, so other nodes have taken over its work",
                        leaseMillis);
            }
            boolean late = System.nanoTime() - started
                    > Duration.ofMillis(leaseMillis / 2).toNanos();
            consecutiveRenewals = late ? 0 : consecutiveRenewals + 1;
            if (consecutiveRenewals >= RENEWALS_BEFORE_CLEANUP) {
                deleteExpired();
            }
        } catch (RuntimeException | Error e) {
            consecutiveRenewals = 0;
            log.warn("The lease of this node could not be renewed; when it expires, other nodes take over its work", e);
        }
    }

    private void deleteExpired() {
        int deleted = jdbc.sql("DELETE FROM node WHERE alive_until < " + dialect.currentMillis())
                .update();
        if (deleted > 0) {
            log.warn("{} nodes did not renew their lease and count as dead; their work is taken over", deleted);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        LockSupport.unpark(renewalThread);
        renewalLock.lock();
        try {
            jdbc.sql("DELETE FROM node WHERE id = ?").param(self.id()).update();
        } catch (RuntimeException e) {
            log.warn(
                    "This node could not be unregistered; other nodes take over its work when its lease has expired",
                    e);
        } finally {
            renewalLock.unlock();
        }
    }
}
