package dev.lectern.observability.circuits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When calls of something remote are stopped.
 *
 * @param failures Number of consecutive failed calls after which the circuit of a model or store opens, 1 to 1000. While it is
 *     open, calls fail immediately.
 * @param pause Time for which a circuit stays open, as 15s. After it one call is sent as a trial; its success closes the
 *     circuit.
 */
@ConfigurationProperties("lectern.circuits")
public record CircuitProperties(
        @DefaultValue("5") int failures,
        @DefaultValue("15s") Duration pause) {
    private static final int MOST = 1000;

    public CircuitProperties {
        if (failures < 1 || failures > MOST) {
            throw new IllegalArgumentException("failures must be from 1 to " + MOST);
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("pause must be more than nothing, such as 15s");
        }
    }
}
