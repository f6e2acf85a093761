package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    /** Readers go on beside one writer in WAL mode; more connections than this only wait for the disk. */
    private static final int SQLITE_CONNECTIONS = 8;

    private static final int BUSY_TIMEOUT_MILLIS = 20_000;

    @Bean(destroyMethod = "close")
    DataFolder dataFolder(StorageProperties properties) {
        return DataFolder.open(properties.data());
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DataFolder folder) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setDataSource(sqlite(folder.root().resolve("lectern.db")));
        pool.setMaximumPoolSize(SQLITE_CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setExceptionOverride(new EvictBusy());
        new Migrations(pool).bringUpToDate();
        return pool;
    }

    /** Transactions are opened by hand, so no bean has to be looked at for annotations. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    /** Every explicit transaction takes the write lock at once, so that none fails half-way for another's write. */
    static DataSource sqlite(Path file) {
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
