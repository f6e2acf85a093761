package dev.lectern.models.decorators;

import dev.lectern.caching.CacheLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The cache of embeddings of passages and of their sentences.
 *
 * @param enabled Whether embeddings of passages are cached
 * @param ttl Maximum age of a cached embedding, as 1h; after it the text is embedded again
 * @param size Maximum memory of the cache in a process, as 8MB; beyond it the least recently used embeddings are evicted. One takes four bytes per dimension
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
