package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.SecurityHeaders;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives what browsers blocked: at most 16 KB a request, and at most ten lines of the log a minute. It answers before the check of origins, since browsers send
 * these reports without one, and they change nothing.
 */
@Component
@Order(FilterOrder.REPORTS)
class CspReportFilter extends OncePerRequestFilter {
    static final int MAX_LINES = 10;
    static final int MAX_BYTES = 16 << 10;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(CspReportFilter.class);

    private final JsonMapper json;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private Instant windowEnd = Instant.MIN;
    private int lines;
    private long unlogged;

    CspReportFilter(JsonMapper json, MeterRegistry meters, InstantSource clock) {
        this.json = json;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(SecurityHeaders.REPORTS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            throw new LecternException(ErrorCode.METHOD_NOT_ALLOWED, "Reports are sent by POST. Use this method.");
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw new LecternException(ErrorCode.TOO_LARGE, "A report has at most 16 KB. Send less data.");
        }
        List<CspReport> reports = parse(body);
        if (reports.isEmpty()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "The body is no report of a content security policy. Send one as browsers do.");
        }
        reports.forEach(this::record);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private List<CspReport> parse(byte[] body) {
        try {
            return CspReport.read(json.readTree(body));
        } catch (JacksonException malformed) {
            return List.of();
        }
    }

    private void record(CspReport report) {
        Counter.builder("lectern.csp.violations")
                .description("What browsers blocked because of the content security policy, by directive")
                .tag("directive", report.directive())
                .register(meters)
                .increment();
        if (mayLog()) {
            log.warn(
                    "A browser blocked \"{}\" on {}: the content security policy has {}. An extension of the browser can"
                            + " be the cause; otherwise somebody tries to inject content.",
                    report.blocked(),
                    report.document(),
                    report.directive());
        }
    }

    private synchronized boolean mayLog() {
        Instant now = clock.instant();
        if (now.isAfter(windowEnd)) {
            if (unlogged > 0) {
                log.warn(
                        "{} more reports of blocked content were not logged; they are counted in the metrics",
                        unlogged);
            }
            windowEnd = now.plus(WINDOW);
            lines = 0;
            unlogged = 0;
        }
        if (lines < MAX_LINES) {
            lines++;
            return true;
        }
        unlogged++;
        return false;
    }
}
