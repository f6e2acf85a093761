package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** Connections to a file of the data folder. */
final class SqlitePool {
    /** Readers go on beside one writer in WAL mode; more connections than this only wait for the disk. */
    private static final int CONNECTIONS = 8;

    private static final int BUSY_TIMEOUT_MILLIS = 20_000;

    private SqlitePool() {}

    static Path file(Path dataFolder) {
        return dataFolder.resolve("lectern.db");
    }

    static HikariDataSource open(Path file) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setDataSource(source(file));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setExceptionOverride(new EvictBusy());
        try {
            new RememberedMigrations(pool).bringUpToDate();
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Every explicit transaction takes the write lock at once, so that none fails half-way for another's write. */
    static SQLiteDataSource source(Path file) {
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
}
