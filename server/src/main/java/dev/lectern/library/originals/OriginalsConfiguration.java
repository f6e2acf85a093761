package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.originals.s3.Bucket;
import dev.lectern.library.originals.s3.BucketOriginals;
import dev.lectern.storage.DataFolder;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses where originals are: the data folder, a directory that is shared, or a bucket. Without one, no class of its client is loaded. */
@Configuration(proxyBeanMethods = false)
class OriginalsConfiguration {
    @Bean
    OriginalStore originalStore(OriginalsProperties properties, DataFolder folder, Holds holds, InstantSource clock) {
        properties.requireOnePlace();
        if (!properties.bucket().isBlank()) {
            return new BucketOriginals(
                    new Bucket(properties),
                    folder.root().resolve("originals-cache"),
                    holds,
                    properties.cache().toBytes(),
                    clock);
        }
        return properties.folder().isBlank()
                ? new DirectoryOriginals(folder.folder("originals"), holds, false, clock)
                : new DirectoryOriginals(Path.of(properties.folder()), holds, true, clock);
    }

    /** Several nodes may share originals where they share a database. */
    @Bean
    Holds holds(
            Dialect dialect,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<TransactionTemplate> transactions,
            ObjectProvider<NodeRegistry> nodes) {
        return switch (dialect) {
            case SQLITE -> new LocalHolds();
            case POSTGRESQL -> new SharedHolds(jdbc.getObject(), transactions.getObject(), nodes.getObject());
        };
    }
}
