package dev.lectern;

import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.shared.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
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

    /**
     * The shared executor: one virtual thread per task, in the log context of the submitting thread. Concurrency limits are set where the tasks are
     * submitted.
     */
    @Bean(destroyMethod = "close")
    ExecutorService applicationExecutor() {
        return TaskThreads.newVirtualThreadExecutor("task-");
    }
}
