package dev.lectern.http.idempotency;

import org.jspecify.annotations.Nullable;

/** Result of claiming an idempotency key for a request. */
sealed interface IdempotencyClaim {

    /** The claim succeeded: the caller runs the request and records its outcome. */
    record Granted() implements IdempotencyClaim {}

    /**
     * The first request with this key is still running.
     *
     * @param visitor whom it runs for, when it had no cookie
     */
    record Running(@Nullable String visitor) implements IdempotencyClaim {}

    /** The key was used for a different request. */
    record Conflicting() implements IdempotencyClaim {}

    /** The first request has completed with this response. */
    record Answered(ResponseRecord response, @Nullable String visitor) implements IdempotencyClaim {}

    /**
     * A stored response.
     *
     * @param renderer name of the renderer that makes the response; null when the body is the response
     * @param body as sent, or the state for the renderer
     */
    record ResponseRecord(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            String body,
            @Nullable String renderer) {}
}
