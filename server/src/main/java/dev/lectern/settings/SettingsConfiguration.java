package dev.lectern.settings;

import dev.lectern.configuration.SecretFiles;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    @Lazy(false)
    SecretFilePoller secretFilePoller(RuntimeSettings settings, ExecutorService executor) {
        return new SecretFilePoller(settings, SecretFiles.ofProcess(), executor);
    }
}
