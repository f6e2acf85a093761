package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.storage.DataFolder;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.OwnFolders;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Selects the store of the originals: the data folder, a shared directory or a bucket. The classes of the S3 client are loaded only with a bucket. */
@Configuration(proxyBeanMethods = false)
class OriginalsConfiguration {
    @Bean
    OriginalStore originalStore(
            OriginalsProperties properties, DataFolder folder, OriginalReservations reservations, InstantSource clock) {
        properties.requireSingleStore();
        if (!properties.bucket().isBlank()) {
            return new S3OriginalStore(
                    new S3Bucket(properties),
                    folder.root().resolve("originals-cache"),
                    reservations,
                    properties.cache().toBytes(),
                    clock);
        }
        return properties.folder().isBlank()
                ? new DirectoryOriginalStore(folder.folder("originals"), reservations, false, clock)
                : new DirectoryOriginalStore(Path.of(properties.folder()), reservations, true, clock);
    }

    @Bean
    OwnFolders originalsFolders(OriginalsProperties properties) {
        return () -> properties.folder().isBlank() ? List.of() : List.of(Path.of(properties.folder()));
    }

    /** Nodes that share a database also share their reservations. */
    @Bean
    OriginalReservations reservations(
            Dialect dialect,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<TransactionTemplate> transactions,
            ObjectProvider<NodeRegistry> nodes) {
        return switch (dialect) {
            case SQLITE -> new InMemoryOriginalReservations();
            case POSTGRESQL ->
                new OriginalReservationRepository(jdbc.getObject(), transactions.getObject(), nodes.getObject());
        };
    }
}
