package dev.lectern.models;

import dev.lectern.models.extractive.ExtractiveProperties;
import dev.lectern.models.extractive.SentenceQuoter;
import dev.lectern.storage.DataFolder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ModelsConfiguration {

    @Bean
    Embedders embedders(DataFolder folder, InstantSource clock) {
        return new Embedders(folder.root().resolve("native"), clock);
    }

    @Bean(destroyMethod = "close")
    Embedder embedder(Embedders embedders, ModelSelection selection, MeterRegistry meters) {
        return new MeteredEmbedder(embedders.open(selection.embedder()), meters);
    }

    /** Its embeddings count as neither passages nor questions: nothing is kept of them. */
    @Bean
    Quoter quoter(Embedder embedder, ExtractiveProperties properties, MeterRegistry meters) {
        Embedder counted = embedder instanceof MeteredEmbedder metered ? metered.forSentences(meters) : embedder;
        return new SentenceQuoter(counted, properties);
    }
}
