package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.observability.spi.Circuits;
import dev.lectern.shared.ErrorCode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every circuit of the program by its name. Thread-safe. */
public final class KnownCircuits implements Circuits {
    private final CircuitProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, BreakerCircuit> known = new ConcurrentHashMap<>();

    public KnownCircuits(CircuitProperties properties, Clock clock, MeterRegistry meters) {
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Circuit of(String name, ErrorCode unavailable) {
        return known.computeIfAbsent(name, _ -> make(name, unavailable));
    }

    /** Those that let nothing through at the moment, or one call that tries, by name. */
    List<String> stopped() {
        return known.values().stream()
                .filter(BreakerCircuit::isStopped)
                .map(BreakerCircuit::name)
                .sorted()
                .toList();
    }

    private BreakerCircuit make(String name, ErrorCode unavailable) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.failures())
                .minimumNumberOfCalls(properties.failures())
                .failureRateThreshold(100)
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build();
        BreakerCircuit circuit = new BreakerCircuit(name, unavailable, config, properties.pause(), clock);
        Gauge.builder("lectern.circuit.open", circuit, one -> one.isStopped() ? 1 : 0)
                .description("1 while nothing is sent to something remote that keeps failing")
                .tag("circuit", name)
                .register(meters);
        return circuit;
    }
}
