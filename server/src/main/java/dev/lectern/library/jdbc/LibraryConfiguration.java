package dev.lectern.library.jdbc;

import dev.lectern.index.PassageIndexes;
import dev.lectern.library.LibraryIndexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

@Configuration(proxyBeanMethods = false)
class LibraryConfiguration {

    @Bean
    @Fallback
    LibraryIndexes libraryIndexes(PassageIndexes indexes) {
        return indexes::open;
    }
}
