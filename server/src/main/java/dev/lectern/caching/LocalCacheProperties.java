package dev.lectern.caching;

import dev.lectern.shared.SettingValidator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The in-process part of shared caches.
 *
 * @param nearSize Maximum size of each in-process cache while Redis is available, as 4MB, 1KB to 1TB. While Redis is unavailable, each cache uses its full configured size.
 */
@ConfigurationProperties("lectern.caching")
record LocalCacheProperties(@DefaultValue("4MB") DataSize nearSize) {
    LocalCacheProperties {
        SettingValidator.of("lectern.caching")
                .requireSize("near-size", nearSize.toBytes(), CacheLimits.MIN_BYTES, CacheLimits.MAX_BYTES);
    }
}
