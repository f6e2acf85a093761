package dev.lectern.storage;

import dev.lectern.storage.Neighbours.Newcomer;
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
 * A row for each living process. On PostgreSQL it is renewed several times within its lease, by the database's clock; who finds another's lease
 * expired takes the row away. After an outage of the database every lease has expired, so only a node that has been renewing its own without a gap
 * judges others. On SQLite the data folder's lock says that nobody else lives.
 */
final class NodeTable implements Nodes, InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTable.class);
    private static final int SIGNS_WITHIN_A_LEASE = 6;
    private static final int STEADY_AFTER = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Dialect dialect;
    private final ExecutorService executor;
    private final long leaseMillis;
    private final Neighbours neighbours;
    private final Newcomer self;
    private final ReentrantLock signing = new ReentrantLock();
    private volatile boolean stopped;
    private volatile @Nullable Thread living;
    private int signsInARow;

    NodeTable(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Dialect dialect,
            ExecutorService executor,
            Duration lease,
            Newcomer self) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.dialect = dialect;
        this.executor = executor;
        this.leaseMillis = lease.toMillis();
        this.neighbours = new Neighbours(jdbc, transactions, dialect, leaseMillis);
        this.self = self;
    }

    @Override
    public String self() {
        return self.id();
    }

    @Override
    public int others() {
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
                    neighbours.insert(self);
                });
            case POSTGRESQL -> {
                neighbours.join(self);
                executor.execute(this::live);
            }
        }
    }

    private void live() {
        living = Thread.currentThread();
        while (!stopped) {
            LockSupport.parkNanos(
                    this, Duration.ofMillis(leaseMillis / SIGNS_WITHIN_A_LEASE).toNanos());
            signing.lock();
            try {
                if (!stopped) {
                    signOfLife();
                }
            } finally {
                signing.unlock();
            }
        }
    }

    private void signOfLife() {
        long begun = System.nanoTime();
        try {
            int present = jdbc.sql("UPDATE node SET alive_until = " + dialect.now() + " + ? WHERE id = ?")
                    .params(leaseMillis, self.id())
                    .update();
            if (present == 0) {
                neighbours.insert(self);
                signsInARow = 0;
                LOG.warn("This node was silent for more than {} ms, so others have taken over its work", leaseMillis);
            }
            boolean late = System.nanoTime() - begun
                    > Duration.ofMillis(leaseMillis / 2).toNanos();
            signsInARow = late ? 0 : signsInARow + 1;
            if (signsInARow >= STEADY_AFTER) {
                bury();
            }
        } catch (RuntimeException e) {
            signsInARow = 0;
            LOG.warn("This node cannot show that it lives; if that lasts, others take over its work", e);
        }
    }

    private void bury() {
        int dead = jdbc.sql("DELETE FROM node WHERE alive_until < " + dialect.now())
                .update();
        if (dead > 0) {
            LOG.warn("{} nodes have died; their work is taken over", dead);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        LockSupport.unpark(living);
        signing.lock();
        try {
            jdbc.sql("DELETE FROM node WHERE id = ?").param(self.id()).update();
        } catch (RuntimeException e) {
            LOG.warn("This node could not sign off; its work is taken over when its lease has expired", e);
        } finally {
            signing.unlock();
        }
    }
}
