package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of one test's own, gone when it is closed. */
public final class TestDatabase implements AutoCloseable {
    private final Engine engine;
    private final String url;
    private final Supplier<HikariDataSource> open;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HikariDataSource pool;
    private @Nullable NodeTable node;

    TestDatabase(Engine engine, String url, Supplier<HikariDataSource> open) {
        this.engine = engine;
        this.url = url;
        this.open = open;
    }

    public Engine engine() {
        return engine;
    }

    public Dialect dialect() {
        return url.isEmpty() ? Dialect.SQLITE : Dialect.POSTGRESQL;
    }

    /** What makes a server use this database, and {@code more}, as {@code key=value}; of SQLite nothing but the data folder does. */
    public String[] settings(String... more) {
        return Stream.concat(url.isEmpty() ? Stream.of() : Stream.of("lectern.database.url=" + url), Stream.of(more))
                .toArray(String[]::new);
    }

    /** The same as arguments of a command line. */
    public String[] arguments(String... more) {
        return Stream.of(settings(more)).map(setting -> "--" + setting).toArray(String[]::new);
    }

    /** Connections, opened when they are first asked for. */
    public HikariDataSource pool() {
        if (pool == null) {
            pool = open.get();
        }
        return pool;
    }

    /** Opens it once more, as a start does. */
    public void reopen() {
        pool().close();
        pool = null;
        pool = open.get();
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(pool());
    }

    public JdbcTemplate batches() {
        return new JdbcTemplate(pool());
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(pool()));
    }

    /** This test as one of the nodes. */
    public Nodes nodes() {
        return node();
    }

    /** This test lives no longer as a node. */
    public void signOff() {
        node().destroy();
    }

    private NodeTable node() {
        if (node == null) {
            node = new NodeTable(
                    jdbc(),
                    transactions(),
                    dialect(),
                    executor,
                    Duration.ofSeconds(30),
                    new Neighbours.Newcomer(UUID.randomUUID().toString(), "test", ""));
            node.afterPropertiesSet();
        }
        return node;
    }

    @Override
    public void close() {
        if (node != null) {
            node.destroy();
        }
        executor.close();
        if (pool != null) {
            pool.close();
        }
        if (!url.isEmpty()) {
            PostgresServer.dropDatabase(url);
        }
    }
}
