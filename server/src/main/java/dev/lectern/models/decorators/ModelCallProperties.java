package dev.lectern.models.decorators;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls of remote models.
 *
 * @param concurrentCalls Maximum number of concurrent calls of one model, 1 or more. Further calls wait.
 * @param maxWait Maximum time that a call waits for a free slot, as 10s. After it the call fails with 503.
 * @param attempts Maximum number of attempts of one call, including the first, 1 or more. Only calls that fail before the first
 *     token are repeated.
 * @param backOff Pause before the second attempt, as 500ms. The pause doubles with each further attempt and is shortened by
 *     random jitter.
 * @param maxBackOff Maximum pause between two attempts, as 8s. When the service asks for a longer pause, the call fails without
 *     another attempt.
 */
@ConfigurationProperties("lectern.models")
record ModelCallProperties(
        @DefaultValue("8") int concurrentCalls,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("3") int attempts,
        @DefaultValue("500ms") Duration backOff,
        @DefaultValue("8s") Duration maxBackOff) {}
