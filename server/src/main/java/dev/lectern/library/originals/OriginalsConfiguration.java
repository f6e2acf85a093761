package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.storage.DataFolder;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.Nodes;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class OriginalsConfiguration {

    @Bean
    OriginalStore originalStore(DataFolder folder, Holds holds, InstantSource clock) {
        return new DirectoryOriginals(folder.folder("originals"), holds, Duration.ZERO, clock);
    }

    /** Several nodes may share originals where they share a database. */
    @Bean
    Holds holds(
            Dialect dialect,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<TransactionTemplate> transactions,
            ObjectProvider<Nodes> nodes) {
        return switch (dialect) {
            case SQLITE -> new LocalHolds();
            case POSTGRESQL -> new SharedHolds(jdbc.getObject(), transactions.getObject(), nodes.getObject());
        };
    }
}
