package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** Opens the connection pool of the SQLite database. */
final class SqlitePool {
    /** In WAL mode readers run beside one writer; more connections than this only wait for the disk. */
    private static final int CONNECTIONS = 8;

    private static final int BUSY_TIMEOUT_MILLIS = 20_000;

    private SqlitePool() {}

    static Path file(Path dataFolder) {
        return dataFolder.resolve("lectern.db");
    }

    static HikariDataSource open(Path file) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setDataSource(dataSource(file));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setExceptionOverride(new FailedConnectionEvictor());
        try {
            new SqliteSchemaMigrator(pool).migrate();
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Every explicit transaction takes the write lock when it begins, so that none fails later because of another writer. */
    static SQLiteDataSource dataSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /**
     * Evicts a connection that could not begin its transaction, or whose transaction failed for lack of disk space or because of the disk. The driver believes that the
     * transaction is in another state than it is, so the next user of the connection would write without ever committing, which locks out every other writer, or
     * commit what was reported as failed.
     */
    private static final class FailedConnectionEvictor implements SQLExceptionOverride {
        private static final int SQLITE_BUSY = 5;
        private static final int SQLITE_IOERR = 10;
        private static final int SQLITE_FULL = 13;

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return switch (failure.getErrorCode()) {
                case SQLITE_BUSY, SQLITE_IOERR, SQLITE_FULL -> Override.MUST_EVICT;
                default -> Override.CONTINUE_EVICT;
            };
        }
    }
}
