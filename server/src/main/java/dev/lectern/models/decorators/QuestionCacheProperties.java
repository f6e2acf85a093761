package dev.lectern.models.decorators;

import dev.lectern.caching.CacheLimits;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The cache of embeddings of questions.
 *
 * @param enabled Whether embeddings of questions are cached.
 * @param ttl Maximum age of a cached question embedding, as 24h, at most 365d. An older one is computed again.
 * @param size Maximum memory for cached question embeddings in each process, as 8MB, 1KB to 1TB. Beyond it the least used ones are
 *     evicted; one takes four bytes per dimension.
 */
@ConfigurationProperties("lectern.models.question-cache")
record QuestionCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("24h") Duration ttl,
        @DefaultValue("8MB") DataSize size) {
    QuestionCacheProperties {
        SettingValidator.of("lectern.models.question-cache")
                .requirePositive("ttl", ttl)
                .requireSize("size", size.toBytes(), CacheLimits.MIN_BYTES, CacheLimits.MAX_BYTES);
    }

    CacheLimits limits() {
        return new CacheLimits(enabled, ttl, size);
    }
}
