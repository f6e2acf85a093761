package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import dev.lectern.caching.redis.RedisUrl;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

@NeedsServer
class CacheFactoryTest {

    @Nested
    class InThisProcess extends CacheContract {
        @Override
        CacheFactory caches() {
            return new TieredCacheFactory(null, () -> "", 0, meters, Runnable::run, clock, new Random(1));
        }
    }

    @Nested
    class InRedis extends CacheContract {
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        private final RedisCommandExecutor link = new RedisCommandExecutor(
                RedisUrl.of(TestRedisServer.running().url()),
                new RedisProperties(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(50)),
                executor);

        @Override
        CacheFactory caches() {
            return new TieredCacheFactory(
                    link, CacheContract::newNamespace, 1 << 20, meters, executor, clock, new Random(1));
        }

        @AfterEach
        void close() {
            assertThat(link.isAvailable()).as("it was Redis").isTrue();
            link.close();
            executor.close();
        }
    }
}
