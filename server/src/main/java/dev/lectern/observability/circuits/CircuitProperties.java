package dev.lectern.observability.circuits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When calls of something remote are stopped.
 *
 * @param failures how many calls of a model or a store fail in a row before nothing more is sent to it; 1 to 1000
 * @param pause how long nothing is sent; then one call tries
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
