package dev.lectern.cli.doctor;

import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import dev.lectern.caching.redis.RedisUrl;
import dev.lectern.observability.spi.TaskThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Checks that the configured Redis accepts the connection and responds. */
record RedisCheck(Map<String, String> settings) implements DiagnosticCheck {
    private static final RedisProperties TIMES =
            new RedisProperties(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Override
    public List<Finding> run() {
        RedisUrl url;
        try {
            url = RedisUrl.of(settings.getOrDefault("lectern.redis-url", ""));
        } catch (IllegalArgumentException reportedWithTheSettings) {
            return List.of();
        }
        if (url.isEmpty()) {
            return List.of();
        }
        try (RedisCommandExecutor link =
                new RedisCommandExecutor(url, TIMES, task -> TaskThreads.startVirtualThread("redis-check", task))) {
            return List.of(
                    link.ping()
                            ? Finding.passed("Redis at " + url + " responds.")
                            : Finding.warning("Redis at " + url
                                    + " does not respond or refuses the credentials. Check LECTERN_REDIS_URL"
                                    + " and the network. Without Redis each node has its own caches."));
        }
    }
}
