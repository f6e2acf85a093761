package dev.lectern.library.consistency;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.shared.EmbedderFingerprint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

@Configuration(proxyBeanMethods = false)
class LibraryConfiguration {

    @Bean
    @Fallback
    EmbedderIndexRegistry libraryIndexes(PassageIndexRegistry indexes) {
        return adapt(indexes);
    }

    static EmbedderIndexRegistry adapt(PassageIndexRegistry indexes) {
        return new EmbedderIndexRegistry() {
            @Override
            public PassageIndex open(EmbedderFingerprint fingerprint) {
                return indexes.open(fingerprint);
            }

            @Override
            public void close(EmbedderFingerprint fingerprint) {
                indexes.close(fingerprint);
            }

            @Override
            public void discard(EmbedderFingerprint fingerprint) {
                indexes.discard(fingerprint);
            }
        };
    }
}
