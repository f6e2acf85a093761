package dev.lectern.http.idempotency;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.http.NewVisitor;
import dev.lectern.http.ResponseRenderer;
import dev.lectern.http.StoredResponse;
import dev.lectern.http.idempotency.IdempotencyClaim.ResponseRecord;
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
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs a POST with an {@code Idempotency-Key} once. Successful responses are stored and given again; after a failure the same key can be used again. A
 * response that a controller stored by a {@link StoredResponse} is made anew by its {@link ResponseRenderer}. A key belongs to its caller, or to the client's
 * address while the client has sent no cookie: the repeated request then gets the cookie of the visitor whom the first one made. Requests that sign people in are
 * never repeated.
 */
@Component
@Order(FilterOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    /** Marks a repeated response. */
    static final String REPLAYED = "Idempotency-Replayed";

    /** What has a password or a secret in the request or the response, of which not even a hash is stored. */
    private static final Pattern SECRET = Pattern.compile(
            "/api/v1/(session(/passkey.*)?|setup|password-reset|account/(second-factor|passkeys).*|users/[^/]+/password-reset)/?");

    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyRepository store;
    private final ObjectProvider<ResponseRenderer> renderers;

    IdempotencyFilter(IdempotencyRepository store, ObjectProvider<ResponseRenderer> renderers) {
        this.store = store;
        this.renderers = renderers;
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
        if (SECRET.matcher(request.getRequestURI()).matches()) {
            chain.doFilter(request, response);
            return;
        }
        Caller caller = CallerAttribute.of(request).orElseThrow();
        NewVisitor newcomer = NewVisitor.of(request).orElse(null);
        String scope = newcomer == null
                ? caller.id()
                : "address:" + ClientAddress.of(request).text();
        HashedRequest repeatable = HashedRequest.of(request);
        switch (store.claim(scope, key, repeatable.hash(), newcomer == null ? null : caller.id())) {
            case IdempotencyClaim.Granted() -> run(scope, key, repeatable.request(), response, chain);
            case IdempotencyClaim.Answered(ResponseRecord stored, String visitor) ->
                replay(stored, resume(caller, newcomer, visitor), repeatable.request(), response);
            case IdempotencyClaim.Running(String visitor) -> {
                resume(caller, newcomer, visitor);
                throw LecternException.withRetryAfter(
                        ErrorCode.CONFLICT,
                        "The first request with this Idempotency-Key is still running. Try again after it has"
                                + " completed.",
                        RETRY_AFTER);
            }
            case IdempotencyClaim.Conflicting() ->
                throw new LecternException(
                        ErrorCode.IDEMPOTENCY_CONFLICT,
                        "This Idempotency-Key was used for a different request. Use a new key for each change.");
        }
    }

    private void run(
            String scope, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RecordingResponse copied = new RecordingResponse(response);
        boolean recorded = false;
        try {
            chain.doFilter(request, copied);
            Optional<ResponseRecord> stored = choose(request, copied);
            recorded = stored.isPresent();
            stored.ifPresent(answer -> store.recordAnswer(scope, key, answer));
        } finally {
            if (!recorded) {
                store.release(scope, key);
            }
        }
    }

    private static Optional<ResponseRecord> choose(HttpServletRequest request, RecordingResponse response) {
        if (response.getStatus() < 200 || response.getStatus() >= 300) {
            return Optional.empty();
        }
        return switch (StoredResponse.choice(request).orElse(null)) {
            case StoredResponse.Discarded() -> Optional.empty();
            case StoredResponse.Rendered(String renderer, Supplier<String> state) ->
                Optional.of(new ResponseRecord(response.getStatus(), null, null, state.get(), renderer));
            case null -> response.isComplete() ? Optional.of(response.record()) : Optional.empty();
        };
    }

    private static Caller resume(Caller caller, @Nullable NewVisitor newcomer, @Nullable String visitor) {
        return newcomer == null || visitor == null ? caller : newcomer.resume(visitor);
    }

    private void replay(ResponseRecord stored, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(REPLAYED, "true");
        if (stored.renderer() != null) {
            renderer(stored.renderer()).render(stored.body(), caller, request, response);
            return;
        }
        response.setStatus(stored.status());
        if (stored.contentType() != null) {
            response.setContentType(stored.contentType());
        }
        if (stored.location() != null) {
            response.setHeader("Location", stored.location());
        }
        response.getOutputStream().write(stored.body().getBytes(StandardCharsets.UTF_8));
    }

    private ResponseRenderer renderer(String name) {
        return renderers.stream()
                .filter(renderer -> renderer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No renderer is named " + name));
    }
}
