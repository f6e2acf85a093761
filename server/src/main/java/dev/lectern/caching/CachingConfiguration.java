package dev.lectern.caching;

import dev.lectern.caching.caffeine.LocalTokenBuckets;
import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import dev.lectern.caching.redis.RedisTokenBuckets;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The factory of all caches, the counts of quotas, and the connection to Redis where one is configured. */
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
    TokenBuckets tokenBuckets(
            ObjectProvider<RedisCommandExecutor> redis,
            ObjectProvider<CacheKeyPrefixRepository> namespace,
            InstantSource clock) {
        TimeMeter meter = new WallClockMeter(clock);
        LocalTokenBuckets local = new LocalTokenBuckets(meter);
        RedisCommandExecutor commands = redis.getIfAvailable();
        return commands == null
                ? local
                : new SharedTokenBuckets(
                        new RedisTokenBuckets(
                                commands,
                                () -> "lectern:%s:limit:"
                                        .formatted(namespace.getObject().name())
                                        .toLowerCase(Locale.ROOT),
                                meter),
                        local);
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
