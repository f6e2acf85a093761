package dev.lectern.index;

import dev.lectern.index.lucene.LuceneIndexStore;
import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantIndexStore;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.storage.DataFolder;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Selects the index backend: Qdrant when its address is set, otherwise Lucene in the data folder. Without an address no class of the Qdrant client is loaded. */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {

    @Bean(destroyMethod = "close")
    PassageIndexRegistry passageIndexes(
            QdrantProperties qdrant,
            ObjectProvider<QdrantIndexProperties> settings,
            IndexSearchProperties search,
            ObjectProvider<ExecutorService> executor,
            ObjectProvider<CircuitBreakerRegistry> circuits,
            ObjectProvider<IndexOwner> owner,
            DataFolder folder,
            InstantSource clock) {
        return new PassageIndexRegistry(
                qdrant.isConfigured()
                        ? QdrantIndexStore.of(
                                qdrant,
                                settings.getObject(),
                                search,
                                () -> owner.getObject().id(),
                                circuits.getObject().of("qdrant", ErrorCode.INDEX_UNAVAILABLE),
                                executor.getObject(),
                                clock)
                        : new LuceneIndexStore(folder.root().resolve("index"), search, clock));
    }
}
