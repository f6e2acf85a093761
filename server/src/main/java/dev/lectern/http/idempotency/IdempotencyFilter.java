package dev.lectern.http.idempotency;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.FilterOrder;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs a POST with an {@code Idempotency-Key} once. Successful responses are stored and replayed; after a failure the same key can be used again. Of an
 * interrupted stream the part that was sent is replayed, and the reader resumes from there as after any lost connection.
 */
@Component
@Order(FilterOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";

    /** Marks a replayed response. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyRepository store;

    IdempotencyFilter(IdempotencyRepository store) {
        this.store = store;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || CallerAttribute.of(request).isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (!WELL_FORMED.matcher(key).matches()) {
            throw LecternException.invalid(HEADER, "The Idempotency-Key must have 1 to 255 visible ASCII characters.");
        }
        String caller = CallerAttribute.of(request).map(Caller::id).orElseThrow();
        HashedRequest repeatable = HashedRequest.of(request);
        switch (store.claim(caller, key, repeatable.hash())) {
            case IdempotencyClaim.Granted() -> run(caller, key, repeatable.request(), response, chain);
            case IdempotencyClaim.Answered answer -> replay(answer, response);
            case IdempotencyClaim.Running() ->
                throw LecternException.withRetryAfter(
                        ErrorCode.CONFLICT,
                        "The first request with this Idempotency-Key is still running. Try again after it has completed.",
                        RETRY_AFTER);
            case IdempotencyClaim.Conflicting() ->
                throw new LecternException(
                        ErrorCode.IDEMPOTENCY_CONFLICT,
                        "This Idempotency-Key was used for a different request. Use a new key for each change.");
        }
    }

    private void run(
            String caller, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RecordingResponse copied = new RecordingResponse(response);
        boolean answered = false;
        try {
            chain.doFilter(request, copied);
            answered = copied.isComplete() && copied.getStatus() >= 200 && copied.getStatus() < 300;
            if (answered) {
                store.recordAnswer(caller, key, copied.answer());
            }
        } finally {
            if (!answered) {
                store.release(caller, key);
            }
        }
    }

    private static void replay(IdempotencyClaim.Answered answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader("Location", answer.location());
        }
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
