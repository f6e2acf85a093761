package dev.lectern.observability.circuits;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the circuit breakers of remote services.
 *
 * @param failures Number of consecutive failed calls of a model or store after which its circuit opens and further calls are rejected, 1 to 1000.
 * @param pause Time for which an open circuit rejects all calls, as 15s. Then one trial call decides whether it closes.
 */
@ConfigurationProperties("lectern.circuits")
public record CircuitBreakerProperties(
        @DefaultValue("5") int failures,
        @DefaultValue("15s") Duration pause) {
    private static final int MAX_FAILURES = 1000;

    public CircuitBreakerProperties {
        SettingValidator.of("lectern.circuits")
                .requireBetween("failures", failures, 1, MAX_FAILURES)
                .requirePositive("pause", pause);
    }
}
