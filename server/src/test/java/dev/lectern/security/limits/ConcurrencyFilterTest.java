package dev.lectern.security.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ConcurrencyFilterTest {
    private final ConcurrencyFilter filter = filter(5, 2);

    private static ConcurrencyFilter filter(int requests, int streams) {
        return new ConcurrencyFilter(new RateLimits(
                new RateLimitProperties(0, 0, 0, 0, 0, 0, 0, requests, streams, List.of("198.51.100.0/24"))));
    }

    /** Sends a request while {@code inside} others of the same kind are open. */
    private static void nest(ConcurrencyFilter filter, String client, String method, String path, int inside)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setRemoteAddr(client);
        filter.doFilter(request, new MockHttpServletResponse(), (handled, answer) -> {
            if (inside > 0) {
                try {
                    nest(filter, client, method, path, inside - 1);
                } catch (RuntimeException refused) {
                    throw refused;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/collections, 5",
        "GET, /, 5",
        "POST, /api/v1/ask, 2",
        "POST, /api/v1/conversations/c/messages, 2",
        "GET, /api/v1/jobs/j/events, 2",
        "GET, /api/v1/conversations/c/messages/m/events, 2",
    })
    void requests_atOnce_areLimitedAndFreedAfterwards(String method, String path, int limit) throws Exception {
        for (int round = 0; round < 3; round++) {
            nest(filter, "192.0.2.1", method, path, limit - 1);
            assertThatThrownBy(() -> nest(filter, "192.0.2.1", method, path, limit))
                    .isInstanceOfSatisfying(LecternException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
                        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(2));
                        assertThat(refused.clientMessage()).contains("has " + limit + " ");
                    });
        }
    }

    @Test
    void address_atItsLimit_costsOthersNothing() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setRemoteAddr("2001:db8::1");
        for (int i = 0; i < 4; i++) {
            nest(filter, "2001:db8::" + i, "GET", "/", 4);
        }
        filter.doFilter(
                request,
                new MockHttpServletResponse(),
                (handled, answer) -> assertThatCode(() -> nest(filter, "2001:db8:1::1", "GET", "/", 4))
                        .doesNotThrowAnyException());
        assertThatThrownBy(() -> filter.doFilter(request, new MockHttpServletResponse(), (handled, answer) -> {
                    try {
                        nest(filter, "2001:db8::2", "GET", "/", 4);
                    } catch (LecternException refused) {
                        throw refused;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOf(LecternException.class);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, /health/live", "192.0.2.1, /metrics", "198.51.100.7, /api/v1/ask"})
    void probesAndAllowedAddresses_areNotCounted(String client, String path) {
        assertThatCode(() -> nest(filter, client, "GET", path, 50)).doesNotThrowAnyException();
    }

    @Test
    void limitOfZero_isOff() {
        assertThatCode(() -> nest(filter(0, 0), "192.0.2.1", "POST", "/api/v1/ask", 200))
                .doesNotThrowAnyException();
    }

    @Test
    void clients_thatLeft_takeNoMemory() {
        ConcurrencyLimit limit = new ConcurrencyLimit(() -> 2);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.tryEnter("c" + i)).isTrue();
        }
        assertThat(limit.size()).isEqualTo(1_000);
        for (int i = 0; i < 1_000; i++) {
            limit.leave("c" + i);
        }
        assertThat(limit.size()).isZero();
    }
}
