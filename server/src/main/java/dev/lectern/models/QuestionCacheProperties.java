package dev.lectern.models;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Embeddings of questions that are kept for a while.
 *
 * @param enabled whether embeddings of questions are kept
 * @param ttl how long one is kept at most, as 24h
 * @param size of all of them in the memory of a process, as 8MB; one takes four bytes for each dimension
 */
@ConfigurationProperties("lectern.models.question-cache")
record QuestionCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("24h") Duration ttl,
        @DefaultValue("8MB") DataSize size) {

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
