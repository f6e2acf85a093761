package dev.lectern.index;

import dev.lectern.index.lucene.LuceneStore;
import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.index.qdrant.QdrantStore;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.storage.DataFolder;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses where indexes are: a folder, or Qdrant when its address is set. Without one, no class of its client is loaded. */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {

    @Bean(destroyMethod = "close")
    PassageIndexes passageIndexes(
            QdrantProperties qdrant,
            ObjectProvider<QdrantIndexProperties> settings,
            ObjectProvider<ExecutorService> executor,
            ObjectProvider<CircuitBreakerRegistry> circuits,
            ObjectProvider<IndexOwner> owner,
            DataFolder folder,
            InstantSource clock) {
        return new PassageIndexes(
                qdrant.isConfigured()
                        ? QdrantStore.of(
                                qdrant,
                                settings.getObject(),
                                () -> owner.getObject().id(),
                                circuits.getObject().of("qdrant", ErrorCode.INDEX_UNAVAILABLE),
                                executor.getObject(),
                                clock)
                        : new LuceneStore(folder.root().resolve("index"), clock));
    }
}
