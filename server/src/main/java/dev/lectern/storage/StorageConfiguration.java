package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.Neighbours.Newcomer;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean(destroyMethod = "close")
    DataFolder dataFolder(StorageProperties properties) {
        return DataFolder.open(properties.data());
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

    @Bean
    Nodes nodes(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Dialect dialect,
            ExecutorService applicationExecutor,
            IdGenerator ids,
            DataFolder folder,
            ObjectProvider<OwnPart> parts,
            DatabaseProperties properties) {
        Newcomer self = switch (dialect) {
            case SQLITE -> new Newcomer(ids.next(), "", "");
            case POSTGRESQL -> new Newcomer(ids.next(), FolderName.of(folder.root(), ids), own(parts));
        };
        return new NodeTable(jdbc, transactions, dialect, applicationExecutor, properties.nodeLease(), self);
    }

    private static String own(ObjectProvider<OwnPart> parts) {
        return parts.orderedStream()
                .filter(OwnPart::isOwn)
                .map(OwnPart::name)
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Transactions are opened by hand, so no bean has to be looked at for annotations. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }
}
