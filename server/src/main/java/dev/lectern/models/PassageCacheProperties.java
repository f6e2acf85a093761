package dev.lectern.models;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Embeddings of passages, and of sentences that were looked at for an answer, that are kept for a while.
 *
 * @param enabled whether embeddings of passages are kept
 * @param ttl how long one is kept at most, as 1h
 * @param size of all of them in the memory of a process, as 8MB; one takes four bytes for each dimension
 */
@ConfigurationProperties("lectern.models.passage-cache")
record PassageCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1h") Duration ttl,
        @DefaultValue("8MB") DataSize size) {

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
