package dev.lectern.retrieval;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Cache of search results: ids and scores of passages, without their text.
 *
 * @param enabled whether results of searches are kept
 * @param ttl how long a result is kept at most, as 5m; a change of a collection ends all of it at once
 * @param size of all results in the memory of a process, as 8MB; one takes about a kilobyte
 */
@ConfigurationProperties("lectern.retrieval.cache")
record SearchCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration ttl,
        @DefaultValue("8MB") DataSize size) {

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
