package dev.lectern.cli.doctor;

import dev.lectern.caching.redis.RedisLink;
import dev.lectern.caching.redis.RedisTimes;
import dev.lectern.caching.redis.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Checks that the configured Redis accepts the connection and responds. */
record RedisCheck(Map<String, String> environment) implements DiagnosticCheck {
    private static final RedisTimes TIMES =
            new RedisTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Override
    public List<Finding> run() {
        RedisUrl url;
        try {
            url = RedisUrl.of(environment.getOrDefault("LECTERN_REDIS_URL", ""));
        } catch (IllegalArgumentException reportedWithTheSettings) {
            return List.of();
        }
        if (url.isEmpty()) {
            return List.of();
        }
        try (RedisLink link = new RedisLink(url, TIMES, Thread::startVirtualThread)) {
            return List.of(
                    link.check()
                            ? Finding.passed("Redis at " + url + " responds.")
                            : Finding.warning("Redis at " + url
                                    + " does not respond or refuses the credentials. Check LECTERN_REDIS_URL"
                                    + " and the network. Without Redis each node has its own caches."));
        }
    }
}
