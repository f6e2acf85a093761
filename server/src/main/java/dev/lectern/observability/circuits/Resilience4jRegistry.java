package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All circuit breakers of the server, by name. Thread-safe. */
public final class Resilience4jRegistry implements CircuitBreakerRegistry {
    /** A call that took long has worked: callers have deadlines of their own. Resilience4j would count it as failed after a minute. */
    private static final Duration NEVER_TOO_SLOW = Duration.ofDays(365);

    private final CircuitBreakerProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, Resilience4jCircuitBreaker> breakers = new ConcurrentHashMap<>();

    public Resilience4jRegistry(CircuitBreakerProperties properties, Clock clock, MeterRegistry meters) {
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public CircuitBreaker of(String name, ErrorCode unavailable) {
        return breakers.computeIfAbsent(name, _ -> create(name, unavailable));
    }

    /** The names of the circuits that are open or allow one trial call, sorted. */
    List<String> open() {
        return breakers.values().stream()
                .filter(Resilience4jCircuitBreaker::isOpen)
                .map(Resilience4jCircuitBreaker::name)
                .sorted()
                .toList();
    }

    private Resilience4jCircuitBreaker create(String name, ErrorCode unavailable) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.failures())
                .minimumNumberOfCalls(properties.failures())
                .failureRateThreshold(100)
                .slowCallDurationThreshold(NEVER_TOO_SLOW)
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build();
        Resilience4jCircuitBreaker circuit =
                new Resilience4jCircuitBreaker(name, unavailable, config, properties.pause(), clock);
        Gauge.builder("lectern.circuit.open", circuit, one -> one.isOpen() ? 1 : 0)
                .description("1 while the circuit of a remote service is open")
                .tag("circuit", name)
                .register(meters);
        return circuit;
    }
}
