package dev.lectern.models.decorators;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reports of failed model calls in the log.
 *
 * @param interval Minimum time between two warnings in the log about the same kind of failure of the same model, as 5m, 1s to 24h. The first failure is
 *     reported at once; those in between are counted in the next warning.
 */
@ConfigurationProperties("lectern.models.failure-log")
record ModelFailureLogProperties(@DefaultValue("5m") Duration interval) {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(24);

    ModelFailureLogProperties {
        SettingValidator.of("lectern.models.failure-log")
                .requireBetween("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
    }
}
