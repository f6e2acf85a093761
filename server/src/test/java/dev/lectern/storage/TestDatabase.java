package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.storage.nodes.TestNode;
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
    private final DatabaseEngine databaseEngine;
    private final String url;
    private final Supplier<HikariDataSource> open;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HikariDataSource pool;
    private @Nullable TestNode node;

    TestDatabase(DatabaseEngine databaseEngine, String url, Supplier<HikariDataSource> open) {
        this.databaseEngine = databaseEngine;
        this.url = url;
        this.open = open;
    }

    public DatabaseEngine engine() {
        return databaseEngine;
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
    public NodeRegistry nodes() {
        return node().registry();
    }

    /** Ends this test's life as a node. */
    public void signOff() {
        node().close();
    }

    private TestNode node() {
        if (node == null) {
            node = TestNode.start(this, executor);
        }
        return node;
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
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
