package dev.lectern.caching;

import dev.lectern.caching.redis.RedisLink;
import dev.lectern.caching.redis.RedisTimes;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CachingConfiguration {

    /** None when no Redis is configured: who wants it asks for an {@code ObjectProvider}. */
    @Bean(destroyMethod = "close")
    @Nullable RedisLink redisLink(CachingProperties properties, RedisTimes times, ExecutorService applicationExecutor) {
        return properties.redisUrl().isEmpty()
                ? null
                : new RedisLink(properties.redisUrl(), times, applicationExecutor);
    }

    @Bean
    Caches caches(
            ObjectProvider<RedisLink> redis,
            ObjectProvider<CacheNamespace> namespace,
            NearProperties properties,
            MeterRegistry meters,
            ExecutorService applicationExecutor,
            InstantSource clock) {
        return new StoredCaches(
                redis.getIfAvailable(),
                () -> namespace.getObject().name(),
                properties.nearSize().toBytes(),
                meters,
                applicationExecutor,
                clock,
                new SecureRandom());
    }
}
