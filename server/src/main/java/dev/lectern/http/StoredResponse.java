package dev.lectern.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the response to a request with an {@code Idempotency-Key} is stored. A controller chooses it while it handles the request; without a choice, status,
 * headers and body are stored as they were sent. For requests without a key the choice has no effect.
 */
public final class StoredResponse {
    private static final String ATTRIBUTE = StoredResponse.class.getName();

    /** The choice of a controller. */
    public sealed interface Choice {}

    /** @param renderer the name of the {@link ResponseRenderer} that makes the response from the state */
    public record Rendered(String renderer, Supplier<String> state) implements Choice {}

    /** Nothing is stored. */
    public record Discarded() implements Choice {}

    private StoredResponse() {}

    /**
     * Stores a state instead of the response.
     *
     * @param renderer the name of the {@link ResponseRenderer}
     * @param state called at most once, when the response is complete
     */
    public static void render(HttpServletRequest request, String renderer, Supplier<String> state) {
        request.setAttribute(ATTRIBUTE, new Rendered(renderer, state));
    }

    /** Stores nothing, so that a repeated request runs again: for requests that change nothing, and for responses that turned out to be incomplete. */
    public static void discard(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, new Discarded());
    }

    /** The choice for this request; empty when the response is stored as it was sent. */
    public static Optional<Choice> choice(HttpServletRequest request) {
        return Optional.ofNullable((Choice) request.getAttribute(ATTRIBUTE));
    }
}
