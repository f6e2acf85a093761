package dev.lectern.observability.circuits;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CircuitsConfiguration {

    @Bean
    KnownCircuits circuits(CircuitProperties properties, Clock clock, MeterRegistry meters) {
        return new KnownCircuits(properties, clock, meters);
    }
}
