package dev.lectern.caching;

import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The factory of all caches, and the connection to Redis where one is configured. */
@Configuration(proxyBeanMethods = false)
class CachingConfiguration {

    /** Null when no Redis is configured, so inject it as an {@code ObjectProvider}. */
    @Bean(destroyMethod = "close")
    @Nullable RedisCommandExecutor redisLink(
            CachingProperties properties, RedisProperties times, ExecutorService applicationExecutor) {
        return properties.redisUrl().isEmpty()
                ? null
                : new RedisCommandExecutor(properties.redisUrl(), times, applicationExecutor);
    }

    @Bean
    CacheFactory caches(
            ObjectProvider<RedisCommandExecutor> redis,
            ObjectProvider<CacheKeyPrefixRepository> namespace,
            LocalCacheProperties properties,
            MeterRegistry meters,
            ExecutorService applicationExecutor,
            InstantSource clock) {
        return new TieredCacheFactory(
                redis.getIfAvailable(),
                () -> namespace.getObject().name(),
                properties.nearSize().toBytes(),
                meters,
                applicationExecutor,
                clock,
                new SecureRandom());
    }
}
