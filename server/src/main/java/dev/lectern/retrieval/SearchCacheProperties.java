package dev.lectern.retrieval;

import dev.lectern.caching.CacheLimits;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Cache of search results: ids and scores of passages, without their text.
 *
 * @param enabled Whether search results are cached: ids and scores of passages, without their text.
 * @param ttl Maximum age of a cached search result, as 5m, at most 365d. Any change of a collection invalidates its results earlier.
 * @param size Maximum memory for cached search results in each process, as 8MB, 1KB to 1TB. Beyond it the least used results are evicted;
 *     one result takes about a kilobyte.
 */
@ConfigurationProperties("lectern.retrieval.cache")
record SearchCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration ttl,
        @DefaultValue("8MB") DataSize size) {
    SearchCacheProperties {
        SettingValidator.of("lectern.retrieval.cache")
                .requirePositive("ttl", ttl)
                .requireSize("size", size.toBytes(), CacheLimits.MIN_BYTES, CacheLimits.MAX_BYTES);
    }

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
