package dev.lectern.security.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.caching.TokenBuckets;
import dev.lectern.caching.caffeine.LocalTokenBuckets;
import dev.lectern.http.Problem;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.http.StructuredFields;
import dev.lectern.http.StructuredFields.Item;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Scope;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitFilterTest {
    private static final String COLLECTIONS = "/api/v1/collections";
    private static final RateLimitProperties DEFAULTS =
            new RateLimitProperties(100, 30, 30, 10, 300, 300, 60, 100, 32, List.of());

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TokenBuckets buckets = new LocalTokenBuckets(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    });
    private final RateLimitFilter filter = filter(DEFAULTS);

    private RateLimitFilter filter(RateLimitProperties properties) {
        return new RateLimitFilter(new RateLimits(properties), buckets, meters);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setRemoteAddr("192.0.2.1");
        return request;
    }

    private static MockHttpServletResponse send(RateLimitFilter filter, MockHttpServletRequest request)
            throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, (handled, answer) -> {});
        return response;
    }

    private MockHttpServletResponse send(String method, String path) throws Exception {
        return send(filter, request(method, path));
    }

    /** How many of {@code attempts} requests pass. */
    private long count(RateLimitFilter sent, String method, String path, int attempts) throws Exception {
        long passed = 0;
        for (int i = 0; i < attempts; i++) {
            try {
                assertThat(send(sent, request(method, path)).getStatus()).isEqualTo(200);
                passed++;
            } catch (QuotaExceededException refused) {
                assertThat(refused.retryAfter())
                        .hasValueSatisfying(
                                wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1)));
            }
        }
        return passed;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/collections, 100",
        "POST, /api/v1/search, 100",
        "GET, /api/v1/nothing, 100",
        "GET, /wp-login.php, 100",
        "POST, /, 100",
        "OPTIONS, /, 100",
        "DELETE, /assets/a.js, 100",
        "POST, /api/v1/ask, 30",
        "POST, /api/v1/conversations/c1/messages, 30",
        "GET, /api/v1/conversations/c1/messages, 100",
        "GET, /health, 300",
        "GET, /health/ready, 300",
        "GET, /metrics, 60",
        "GET, /, 500",
        "GET, /docs, 500",
        "HEAD, /assets/a.js, 500",
    })
    void requests_ofEachKind_passUpToTheirLimit(String method, String path, int limit) throws Exception {
        assertThat(count(filter, method, path, 500)).isEqualTo(limit);
        pass(Duration.ofMinutes(1));
        assertThat(count(filter, method, path, 500)).as("a minute later").isEqualTo(limit);
    }

    @Test
    void route_ofThePage_isAFile() throws Exception {
        for (int i = 0; i < 200; i++) {
            MockHttpServletRequest navigation = request("GET", "/c/123");
            navigation.addHeader("Accept", "text/html");
            assertThat(send(filter, navigation).getHeaderNames()).isEmpty();
        }
    }

    @Test
    void kinds_doNotUseUpEachOther() throws Exception {
        assertThat(count(filter, "GET", COLLECTIONS, 150)).isEqualTo(100);
        assertThat(send("GET", "/health").getStatus()).isEqualTo(200);
        assertThat(send("GET", "/metrics").getStatus()).isEqualTo(200);
        assertThat(send("GET", "/").getStatus()).isEqualTo(200);
    }

    @Test
    void questions_countAsRequests() throws Exception {
        assertThat(count(filter, "POST", "/api/v1/ask", 30)).isEqualTo(30);
        assertThat(count(filter, "GET", COLLECTIONS, 100)).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/collections",
        "POST, /api/v1/ask",
        "GET, /health",
        "GET, /metrics",
    })
    void limit_ofZero_isOffAndSendsNoFields(String method, String path) throws Exception {
        RateLimitFilter off = filter(new RateLimitProperties(0, 0, 0, 0, 0, 0, 0, 100, 32, List.of()));
        assertThat(count(off, method, path, 1_000)).isEqualTo(1_000);
        assertThat(send(off, request(method, path)).getHeaderNames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 500, 100",
        "192.0.0.0/16, 500, 500",
        "2001:db8::/32, 100, 100",
    })
    void allowedAddresses_haveNoLimits(String range, long ofFirst, long ofSecond) throws Exception {
        RateLimitFilter allowing = filter(new RateLimitProperties(100, 30, 30, 10, 300, 300, 60, 100, 32, List.of(range)));
        assertThat(count(allowing, "GET", COLLECTIONS, 500)).isEqualTo(ofFirst);
        long passed = 0;
        for (int i = 0; i < 500; i++) {
            MockHttpServletRequest other = request("GET", COLLECTIONS);
            other.setRemoteAddr("192.0.99.2");
            try {
                passed += send(allowing, other).getStatus() == 200 ? 1 : 0;
            } catch (QuotaExceededException refused) {
                assertThat(refused.policies()).containsExactly("ip");
            }
        }
        assertThat(passed).isEqualTo(ofSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.1/8", "10.0.0.0/33", "", "1.2.3"})
    void allowedAddress_thatIsNone_isRefusedWithWhatToWrite(String address) {
        assertThatThrownBy(() -> new RateLimitProperties(1, 1, 1, 1, 1, 1, 1, 100, 32, List.of(address)))
                .hasMessageContaining("LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES")
                .hasMessageContaining("10.0.0.0/8");
    }

    @Test
    void addresses_ofOneIpv6Network_shareABucket() throws Exception {
        long passed = 0;
        for (int i = 0; i < 300; i++) {
            MockHttpServletRequest request = request("GET", COLLECTIONS);
            request.setRemoteAddr("2001:db8:0:1::" + Integer.toHexString(i));
            try {
                passed += send(filter, request).getStatus() == 200 ? 1 : 0;
            } catch (QuotaExceededException refused) {
                assertThat(refused.policies()).containsExactly("ip");
            }
        }
        assertThat(passed).isEqualTo(100);
    }

    @Test
    void fields_ofAResponse_areListsOfTheDraft() throws Exception {
        assertThat(send("GET", COLLECTIONS).getHeader("RateLimit-Policy")).isEqualTo("\"ip\";q=100;w=60");
        pass(Duration.ofSeconds(41).plusMillis(500));
        MockHttpServletResponse response = send("POST", "/api/v1/ask");
        assertThat(parse(response, "RateLimit-Policy"))
                .isEqualTo(List.of(
                        new Item("ip", Map.of("q", 100L, "w", 60L)), new Item("ask", Map.of("q", 30L, "w", 60L))));
        assertThat(parse(response, "RateLimit"))
                .as("seconds are rounded up")
                .isEqualTo(List.of(
                        new Item("ip", Map.of("r", 98L, "t", 19L)), new Item("ask", Map.of("r", 29L, "t", 60L))));
    }

    @Test
    void refusal_namesThePolicyAndTheWait() throws Exception {
        assertThat(count(filter, "POST", "/api/v1/ask", 30)).isEqualTo(30);
        pass(Duration.ofSeconds(20));
        MockHttpServletResponse response = new MockHttpServletResponse();
        QuotaExceededException refused = catchThrowableOfType(
                QuotaExceededException.class,
                () -> filter.doFilter(request("POST", "/api/v1/ask"), response, (handled, answer) -> {
                    throw new AssertionError("The request was handled");
                }));
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(40));
        assertThat(refused.clientMessage()).contains("30 questions").contains("40 s");
        assertThat(parse(response, "RateLimit")).last().isEqualTo(new Item("ask", Map.of("r", 0L, "t", 40L)));
        Problem problem = Problem.of(refused);
        assertThat(problem.type()).isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(problem.violatedPolicies()).containsExactly("ask");
        assertThat(problem.code()).isEqualTo("quota_exceeded");
        assertThat(meters.counter("lectern.rate.limited", "policy", "ask").count())
                .isEqualTo(1);
    }

    @Test
    void refusedUpload_isReadToItsEnd_soThatTheClientSeesTheRefusal() throws Exception {
        assertThat(count(filter, "GET", COLLECTIONS, 100)).isEqualTo(100);
        MockHttpServletRequest upload = request("POST", "/api/v1/collections/default/documents");
        upload.setContent(new byte[5_000]);
        assertThatThrownBy(() -> send(filter, upload)).isInstanceOf(QuotaExceededException.class);
        assertThat(upload.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void wrongKey_elevenTimes_isNotCheckedAnyMore() {
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(false)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
        assertThat(signIn(true)).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThatCode(() -> send("GET", COLLECTIONS)).as("without a key").doesNotThrowAnyException();
        pass(Duration.ofMinutes(1));
        assertThat(signIn(true)).isNull();
    }

    @Test
    void rightKey_ninetyTimes_isNoFailedSignIn() {
        for (int i = 0; i < 90; i++) {
            assertThat(signIn(true)).isNull();
        }
    }

    private @Nullable ErrorCode signIn(boolean isRight) {
        MockHttpServletRequest request = request("GET", COLLECTIONS);
        request.addHeader("Authorization", "Bearer x");
        @Nullable LecternException refused = catchThrowableOfType(
                LecternException.class,
                () -> filter.doFilter(request, new MockHttpServletResponse(), (handled, answer) -> {
                    if (!isRight) {
                        throw new LecternException(ErrorCode.UNAUTHENTICATED, "Wrong.");
                    }
                }));
        return refused == null ? null : refused.code();
    }

    private static List<Item> parse(MockHttpServletResponse response, String name) {
        assertThat(response.getHeaders(name)).hasSize(1);
        return StructuredFields.parseList(String.valueOf(response.getHeader(name)));
    }

    @Test
    void limit_thatIsChanged_countsFromTheNextRequestOn() throws Exception {
        RateLimits limits = new RateLimits(new RateLimitProperties(2, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
        RateLimitFilter changing = new RateLimitFilter(limits, buckets, meters);
        for (int i = 0; i < 2; i++) {
            changing.doFilter(request("GET", COLLECTIONS), new MockHttpServletResponse(), (_, _) -> {});
        }
        assertThatThrownBy(() -> changing.doFilter(
                        request("GET", COLLECTIONS), new MockHttpServletResponse(), (_, _) -> {}))
                .isInstanceOf(LecternException.class);
        set(limits, "LECTERN_RATE_LIMIT_REQUESTS", "3");
        MockHttpServletResponse response = new MockHttpServletResponse();
        changing.doFilter(request("GET", COLLECTIONS), response, (_, _) -> {});
        assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"ip\";q=3;w=60");
        set(limits, "LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES", "192.0.2.1, 2001:db8::/32");
        MockHttpServletResponse unlimited = new MockHttpServletResponse();
        changing.doFilter(request("GET", COLLECTIONS), unlimited, (_, _) -> {});
        assertThat(unlimited.getHeader("RateLimit-Policy")).isNull();
        assertThatThrownBy(() -> set(limits, "LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES", "192.0.2.1/8"))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("separated by commas");
    }

    private static void set(RateLimits limits, String name, String value) {
        limits.runtimeSettings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .set(value);
    }

    @Test
    void endUsers_haveLimitsOfTheirOwn() {
        EndUserQuestionLimit limit = new EndUserQuestionLimit(new RateLimits(DEFAULTS), buckets, meters);
        MockHttpServletRequest request = request("POST", "/api/v1/ask");
        MockHttpServletResponse response = new MockHttpServletResponse();
        Caller key = new Caller.ApiKey("k", null, Set.of(Scope.ASK), Set.of(), null);
        for (int i = 0; i < 30; i++) {
            assertThat(limit.admit(key, "ada", request, response).id()).isEqualTo("k/ada");
        }
        QuotaExceededException refused = catchThrowableOfType(
                QuotaExceededException.class, () -> limit.admit(key, "ada", request, new MockHttpServletResponse()));
        assertThat(refused.clientMessage()).startsWith("The end user sent more than 30 questions");
        assertThat(limit.admit(key, "bob", request, response).id()).isEqualTo("k/bob");
        for (int i = 0; i < 40; i++) {
            assertThat(limit.admit(key, null, request, response)).isEqualTo(key);
        }
        pass(Duration.ofMinutes(2));
        assertThat(limit.admit(key, "ada", request, response).id()).isEqualTo("k/ada");
        assertThatThrownBy(() -> limit.admit(new Caller.Visitor("v"), "ada", request, response))
                .hasMessageContaining("Only programs with an API key");
        assertThat(meters.counter("lectern.rate.limited", "policy", "end-user").count()).isOne();
    }
}
