package dev.lectern.models.decorators;

import dev.lectern.caching.CacheLimits;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The cache of embeddings of passages and of their sentences.
 *
 * @param enabled Whether embeddings of passages and of quoted sentences are cached.
 * @param ttl Maximum age of a cached passage embedding, as 1h, at most 365d. An older one is computed again.
 * @param size Maximum memory for cached passage embeddings in each process, as 8MB, 1KB to 1TB. Beyond it the least used ones are evicted;
 *     one takes four bytes per dimension.
 */
@ConfigurationProperties("lectern.models.passage-cache")
record PassageCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1h") Duration ttl,
        @DefaultValue("8MB") DataSize size) {
    PassageCacheProperties {
        SettingValidator.of("lectern.models.passage-cache")
                .requirePositive("ttl", ttl)
                .requireSize("size", size.toBytes(), CacheLimits.MIN_BYTES, CacheLimits.MAX_BYTES);
    }

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
