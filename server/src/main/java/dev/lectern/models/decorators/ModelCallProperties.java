package dev.lectern.models.decorators;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls of remote models.
 *
 * @param concurrentCalls Maximum number of concurrent calls of one chat model, 1 or more; further calls wait
 * @param maxWait Maximum time a call waits for a free slot, as 10s; after it the call fails with the code overloaded
 * @param attempts Maximum number of attempts of a call that fails before its first word, 1 or more; after it the call fails
 * @param backOff Maximum pause before the second attempt, as 500ms; it doubles with each attempt, and the real pause is random up to it
 * @param maxBackOff Maximum pause between two attempts, as 8s; a call fails if the service asks for a longer pause
 */
@ConfigurationProperties("lectern.models")
record ModelCallProperties(
        @DefaultValue("8") int concurrentCalls,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("3") int attempts,
        @DefaultValue("500ms") Duration backOff,
        @DefaultValue("8s") Duration maxBackOff) {}
