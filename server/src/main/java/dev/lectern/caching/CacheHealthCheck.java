package dev.lectern.caching;

import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.observability.spi.HealthCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reports an unavailable Redis as a warning, since every request works without it. */
@Component
class CacheHealthCheck implements HealthCheck {
    private final ObjectProvider<RedisCommandExecutor> redis;

    CacheHealthCheck(ObjectProvider<RedisCommandExecutor> redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        RedisCommandExecutor commands = redis.getIfAvailable();
        if (commands == null) {
            return Health.up("In-process cache (Caffeine).");
        }
        if (!commands.isAvailable() || !commands.ping()) {
            return Health.warning(
                    commands
                            + " does not respond, so each node uses its own cache and counts rate limits by itself. Check the server and LECTERN_REDIS_URL. The nodes reconnect by themselves.");
        }
        return commands.recentError() == null
                ? Health.up("Redis responds.")
                : Health.warning(
                        commands
                                + " rejects commands. Its reply is in the log. Check its memory (maxmemory and the eviction policy) and the permissions of the user.");
    }
}
