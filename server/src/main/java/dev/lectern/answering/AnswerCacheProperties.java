package dev.lectern.answering;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Answers that are kept for a while, for the very same question of the same conversation to the same documents.
 *
 * @param enabled whether answers are kept
 * @param ttl how long an answer is kept at most, as 5m; a change of a collection ends all of it at once
 * @param size of all answers in the memory of a process, as 16MB; one takes a few kilobytes
 */
@ConfigurationProperties("lectern.answering.cache")
record AnswerCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration ttl,
        @DefaultValue("16MB") DataSize size) {

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
