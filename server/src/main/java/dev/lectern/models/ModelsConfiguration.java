package dev.lectern.models;

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
}
