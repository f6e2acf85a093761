package dev.lectern.caching.redis;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Timeouts of Redis.
 *
 * @param timeout Maximum time for one Redis command, as 250ms, 1ms to 1h. After it, Redis counts as unavailable and the node uses its in-process caches.
 * @param connectTimeout Maximum time for connecting to Redis, as 1s, 1ms to 1h. After it, the attempt fails.
 * @param pause Time between two attempts to reconnect to an unavailable Redis, as 2s, 1ms to 1h.
 */
@ConfigurationProperties("lectern.caching.redis")
public record RedisProperties(
        @DefaultValue("250ms") Duration timeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("2s") Duration pause) {
    private static final Duration MAX_TIME = Duration.ofHours(1);

    public RedisProperties {
        SettingValidator.of("lectern.caching.redis")
                .requireBetween("timeout", timeout, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("pause", pause, Duration.ofMillis(1), MAX_TIME);
    }
}
