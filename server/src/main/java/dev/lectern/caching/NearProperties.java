package dev.lectern.caching;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a node keeps of caches that are shared.
 *
 * @param nearSize of each cache in the memory of a node beside Redis, as 4MB; while Redis is lost each takes its whole size
 */
@ConfigurationProperties("lectern.caching")
record NearProperties(@DefaultValue("4MB") DataSize nearSize) {}
