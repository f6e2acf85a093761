package dev.lectern.observability.circuits;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The registry of all circuit breakers. */
@Configuration(proxyBeanMethods = false)
class CircuitBreakerConfiguration {

    @Bean
    Resilience4jRegistry circuits(CircuitBreakerProperties properties, Clock clock, MeterRegistry meters) {
        return new Resilience4jRegistry(properties, clock, meters);
    }
}
