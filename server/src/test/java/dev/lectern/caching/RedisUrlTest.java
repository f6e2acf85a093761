package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.caching.redis.RedisUrl;
import dev.lectern.configuration.EnvironmentCheck;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://localhost", "redis://10.0.0.1:6379", "rediss://user:p%40ss@cache.example.org:6380/2"})
    void of_anAddress_showsNoPassword(String text) {
        RedisUrl url = RedisUrl.of(" " + text + " ");
        assertThat(url.isEmpty()).isFalse();
        assertThat(url.toString()).doesNotContain("p%40ss").isEqualTo(url.hostAndPort());
    }

    @Test
    void of_nothing_isNone() {
        assertThat(RedisUrl.of(" ").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:6379", "http://localhost", "redis:localhost", "redis://", "redis://a b", "valkey://x"
            })
    void of_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> RedisUrl.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void environment_wrongAddress_isToldInOneLine() {
        EnvironmentCheck check = EnvironmentCheck.ofThisRelease();
        assertThat(check.check(Map.of("LECTERN_REDIS_URL", "localhost:6379")).problems())
                .containsExactly("LECTERN_REDIS_URL=localhost:6379 is not " + RedisUrl.FORM
                        + ". Write for instance LECTERN_REDIS_URL=redis://localhost:6379.");
        assertThat(check.check(Map.of("LECTERN_REDIS_URL", "http://me:secret@host"))
                        .problems())
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }
}
