package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
    private final IdGenerator inOneMillisecond = at(Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void next_byManyAtOnce_givesNoneTwice() {
        Set<String> given = ConcurrentHashMap.newKeySet();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                many.execute(() -> {
                    for (int j = 0; j < 1_000; j++) {
                        given.add(inOneMillisecond.next());
                    }
                });
            }
        }
        assertThat(given).hasSize(50_000).allMatch(id -> id.matches("[0-9a-hjkmnp-tv-z]{26}"));
    }

    @Test
    void next_later_sortsBehind() {
        String before = inOneMillisecond.next();
        String after = at(Instant.ofEpochMilli(1_700_000_000_001L)).next();
        assertThat(before).isLessThan(after);
        assertThat(before.substring(0, 10)).isEqualTo(inOneMillisecond.next().substring(0, 10));
    }

    private static IdGenerator at(Instant now) {
        return new IdGenerator(InstantSource.fixed(now), new SecureRandom());
    }
}
