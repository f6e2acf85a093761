package dev.lectern.caching;

import dev.lectern.caching.redis.RedisLink;
import dev.lectern.observability.spi.HealthCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** A lost Redis makes nothing fail, so it is a warning and never more. */
@Component
class CachingHealth implements HealthCheck {
    private final ObjectProvider<RedisLink> redis;

    CachingHealth(ObjectProvider<RedisLink> redis) {
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
        RedisLink link = redis.getIfAvailable();
        if (link == null) {
            return Health.up("What is kept for a while is kept in this process.");
        }
        if (!link.isThere() || !link.check()) {
            return Health.warning(link
                    + " does not answer, so each node keeps its own. Check the server and LECTERN_REDIS_URL; nothing has to be"
                    + " restarted when it is back.");
        }
        return link.refusedLately() == null
                ? Health.up("Redis answers.")
                : Health.warning(
                        link
                                + " refuses commands. Its reply is in the log; look at its memory (maxmemory, an eviction policy) and rights.");
    }
}
