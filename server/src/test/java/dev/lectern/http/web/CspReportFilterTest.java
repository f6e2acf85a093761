package dev.lectern.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.CapturedLog;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class CspReportFilterTest {
    private static final String REPORT = """
            {"csp-report": {"document-uri": "https://docs.example.org/c/1?q=secret", "effective-directive": "script-src-elem",
             "violated-directive": "script-src-elem", "blocked-uri": "inline"}}""";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-27T00:00:00Z");
    private final CspReportFilter filter = new CspReportFilter(JsonMapper.shared(), meters, () -> now);

    private int send(String method, String body) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/csp-reports");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isNull();
        return response.getStatus();
    }

    private double count(String directive) {
        return meters.get("lectern.csp.violations")
                .tag("directive", directive)
                .counter()
                .count();
    }

    @Test
    void report_isLoggedWithoutQuery_andCounted() throws Exception {
        try (CapturedLog log = CapturedLog.start()) {
            assertThat(send("POST", REPORT)).isEqualTo(204);
            assertThat(log.warnings("A browser blocked \"inline\" on https://docs.example.org/c/1:"))
                    .hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
        }
        assertThat(count("script-src-elem")).isEqualTo(1);
    }

    @Test
    void listOfTheReportingApi_isRead_andUnknownDirectivesAreOneSeries() throws Exception {
        assertThat(send("POST", """
                        [{"type": "csp-violation", "body": {"documentURL": "https://a/", "effectiveDirective": "img-src", "blockedURL": "https://b/"}},
                         {"type": "deprecation", "body": {}},
                         {"type": "csp-violation", "body": {"effectiveDirective": "made-up-by-somebody"}}]""")).isEqualTo(204);
        assertThat(count("img-src")).isEqualTo(1);
        assertThat(count("other")).isEqualTo(1);
    }

    @Test
    void lineBreaks_cannotForgeALineOfTheLog() throws Exception {
        try (CapturedLog log = CapturedLog.start()) {
            send("POST", "{\"csp-report\": {\"blocked-uri\": \"a\\n12:00 ERROR forged\"}}");
            assertThat(log.lines()).singleElement().asString().contains("a?12:00?ERROR?forged");
        }
    }

    @Test
    void manyReports_areTenLinesAMinute_andAllCounted() throws Exception {
        try (CapturedLog log = CapturedLog.start()) {
            for (int i = 0; i < 50; i++) {
                send("POST", REPORT);
            }
            assertThat(log.warnings("A browser blocked")).hasSize(CspReportFilter.MAX_LINES);
            now = now.plus(Duration.ofSeconds(61));
            send("POST", REPORT);
            assertThat(log.warnings("40 more reports")).hasSize(1);
        }
        assertThat(count("script-src-elem")).isEqualTo(51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "[]", "null", "{\"csp-report\": 1}"})
    void bodyThatIsNoReport_isRefused(String body) {
        assertThatThrownBy(() -> send("POST", body))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void largeBody_orAnotherMethod_isRefused() {
        assertThatThrownBy(() -> send("POST", " ".repeat(CspReportFilter.MAX_BYTES + 1)))
                .hasMessageContaining("at most 16 KB");
        assertThatThrownBy(() -> send("GET", "")).hasMessageContaining("sent by POST");
    }
}
