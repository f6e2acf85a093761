package dev.lectern.caching;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The in-process part of shared caches.
 *
 * @param nearSize Maximum size of each in-process cache while Redis is available, as 4MB. While Redis is unavailable, each cache uses its full configured size.
 */
@ConfigurationProperties("lectern.caching")
record LocalCacheProperties(@DefaultValue("4MB") DataSize nearSize) {}
