package dev.lectern.answering;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Answers that are kept for a while, for the very same question of the same conversation to the same documents.
 *
 * @param enabled Whether answers are cached. A cached answer is only used for the same question, conversation and documents.
 * @param ttl Maximum age of a cached answer, as 5m. Any change of a collection invalidates its answers earlier.
 * @param size Maximum memory for cached answers in each process, as 16MB. Beyond it the least used answers are evicted; one
 *     answer takes a few kilobytes.
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
