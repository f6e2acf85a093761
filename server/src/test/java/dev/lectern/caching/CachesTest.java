package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.caching.redis.RedisLink;
import dev.lectern.caching.redis.RedisTimes;
import dev.lectern.caching.redis.RedisUrl;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class CachesTest {

    @Nested
    class InThisProcess extends CacheContract {
        @Override
        Caches caches() {
            return new StoredCaches(null, () -> "", 0, meters, Runnable::run, clock, new Random(1));
        }
    }

    @Nested
    class InRedis extends CacheContract {
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        private final RedisLink link = new RedisLink(
                RedisUrl.of(TestRedis.running().url()),
                new RedisTimes(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(50)),
                executor);

        @Override
        Caches caches() {
            return new StoredCaches(link, CacheContract::newNamespace, 1 << 20, meters, executor, clock, new Random(1));
        }

        @AfterEach
        void close() {
            assertThat(link.isThere()).as("it was Redis").isTrue();
            link.close();
            executor.close();
        }
    }
}
