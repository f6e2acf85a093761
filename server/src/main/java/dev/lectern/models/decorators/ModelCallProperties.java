package dev.lectern.models.decorators;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls of remote models.
 *
 * @param concurrentCalls Maximum number of concurrent calls of one model, 1 to 10000. Further calls wait.
 * @param maxWait Maximum time that a call waits for a free slot, as 10s, at most 1h. After it the call fails with 503.
 * @param attempts Maximum number of attempts of one call, including the first, 1 to 100. Only calls that fail before the first
 *     token are repeated.
 * @param backOff Pause before the second attempt, as 500ms, at most 1h. The pause doubles with each further attempt and is shortened by
 *     random jitter.
 * @param maxBackOff Maximum pause between two attempts, as 8s, from LECTERN_MODELS_BACK_OFF to 1h. When the service asks for a longer pause, the call fails without
 *     another attempt.
 */
@ConfigurationProperties("lectern.models")
record ModelCallProperties(
        @DefaultValue("8") int concurrentCalls,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("3") int attempts,
        @DefaultValue("500ms") Duration backOff,
        @DefaultValue("8s") Duration maxBackOff) {
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    ModelCallProperties {
        SettingValidator.of("lectern.models")
                .requireBetween("concurrent-calls", concurrentCalls, 1, 10_000)
                .requireBetween("max-wait", maxWait, Duration.ZERO, MAX_PAUSE)
                .requireBetween("attempts", attempts, 1, 100)
                .requireBetween("back-off", backOff, Duration.ZERO, MAX_PAUSE)
                .requireBetween("max-back-off", maxBackOff, backOff, MAX_PAUSE);
    }
}
