package dev.lectern.answering.turn;

import dev.lectern.caching.CacheLimits;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the answer cache, which answers an equal question with an equal history over unchanged documents.
 *
 * @param enabled Whether answers are cached.
 * @param ttl Maximum time that an answer is cached, as 5m, at most 365d. A change of a searched collection invalidates the answer at once.
 * @param size Maximum size of all cached answers in the memory of one process, as 16MB, 1KB to 1TB. One answer takes a few kilobytes, and the least used ones are removed first.
 */
@ConfigurationProperties("lectern.answering.cache")
record AnswerCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration ttl,
        @DefaultValue("16MB") DataSize size) {
    AnswerCacheProperties {
        SettingValidator.of("lectern.answering.cache")
                .requirePositive("ttl", ttl)
                .requireSize("size", size.toBytes(), CacheLimits.MIN_BYTES, CacheLimits.MAX_BYTES);
    }

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
