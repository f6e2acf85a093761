package dev.lectern.caching;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a node keeps of caches that are shared.
 *
 * @param nearSize Maximum memory of each local cache in front of Redis, as 4MB. While Redis is unavailable, each cache uses its
 *     full size instead.
 */
@ConfigurationProperties("lectern.caching")
record NearProperties(@DefaultValue("4MB") DataSize nearSize) {}
