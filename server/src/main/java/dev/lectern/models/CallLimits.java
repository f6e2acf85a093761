package dev.lectern.models;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How models that are services are called.
 *
 * @param concurrentCalls how many calls of one model run at a time; 1 or more
 * @param maxWait how long a call waits for its turn before it is refused as overloaded
 * @param attempts how often a call is tried that fails before its first word, in all; 1 or more
 * @param backOff before the second attempt; doubles with each, and is jittered down to nothing
 * @param maxBackOff the longest pause between attempts; a service that asks for a longer one is not waited for
 */
@ConfigurationProperties("lectern.models")
record CallLimits(
        @DefaultValue("8") int concurrentCalls,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("3") int attempts,
        @DefaultValue("500ms") Duration backOff,
        @DefaultValue("8s") Duration maxBackOff) {}
