package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.storage.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OriginalsConfiguration {

    @Bean
    OriginalStore originalStore(DataFolder folder) {
        return new DirectoryOriginals(folder.folder("originals"));
    }
}
