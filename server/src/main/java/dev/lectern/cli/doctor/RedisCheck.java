package dev.lectern.cli.doctor;

import dev.lectern.caching.redis.RedisLink;
import dev.lectern.caching.redis.RedisTimes;
import dev.lectern.caching.redis.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether a configured Redis lets this program in and answers. */
record RedisCheck(Map<String, String> environment) implements DiagnosticCheck {
    private static final RedisTimes TIMES =
            new RedisTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Override
    public List<Finding> look() {
        RedisUrl url;
        try {
            url = RedisUrl.of(environment.getOrDefault("LECTERN_REDIS_URL", ""));
        } catch (IllegalArgumentException saidAmongTheSettings) {
            return List.of();
        }
        if (url.isEmpty()) {
            return List.of();
        }
        try (RedisLink link = new RedisLink(url, TIMES, Thread::startVirtualThread)) {
            return List.of(
                    link.check()
                            ? Finding.good("Redis at " + url + " answers.")
                            : Finding.warning("Redis at " + url
                                    + " does not answer or does not let Lectern in. Check LECTERN_REDIS_URL"
                                    + " and the way to it; without it each node keeps its own caches."));
        }
    }
}
