package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The data folder, the connection pool and transactions. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean(destroyMethod = "close")
    DataFolder dataFolder(StorageProperties properties) {
        return DataFolder.open(properties.data());
    }

    @Bean
    DiskSpace diskSpace(DataFolder folder, DiskProperties properties) {
        return new DiskSpace(
                folder.root(),
                Path.of(System.getProperty("java.io.tmpdir")),
                path -> Files.getFileStore(path).getUsableSpace(),
                properties);
    }

    @Bean
    Dialect dialect(DatabaseProperties properties) {
        return properties.url().isBlank() ? Dialect.SQLITE : Dialect.POSTGRESQL;
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Dialect dialect, DataFolder folder, DatabaseProperties properties) {
        return switch (dialect) {
            case SQLITE -> SqlitePool.open(SqlitePool.file(folder.root()));
            case POSTGRESQL -> PostgresPool.open(properties);
        };
    }

    /** Transactions are programmatic, so that Spring does not inspect every bean for annotations. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }
}
