package dev.lectern;

import dev.lectern.shared.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The application: what every module is given and nobody makes for itself. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class LecternApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    IdGenerator idGenerator(InstantSource clock) {
        return new IdGenerator(clock, new SecureRandom());
    }

    /** The one executor: a virtual thread for each task, so every limit is explicit where the work is. */
    @Bean(destroyMethod = "close")
    ExecutorService applicationExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("task-", 0).factory());
    }
}
