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

/** The application and the beans that all modules share. */
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

    /** The shared executor: one virtual thread per task. Concurrency limits are set where the tasks are submitted. */
    @Bean(destroyMethod = "close")
    ExecutorService applicationExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("task-", 0).factory());
    }
}
