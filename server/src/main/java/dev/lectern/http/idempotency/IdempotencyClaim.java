package dev.lectern.http.idempotency;

import org.jspecify.annotations.Nullable;

/** Result of claiming an idempotency key for a request. */
sealed interface IdempotencyClaim {
    /** The claim succeeded: the caller runs the request and records its outcome. */
    record Granted() implements IdempotencyClaim {}

    /** The first request with this key is still running. */
    record Running() implements IdempotencyClaim {}

    /** The key was used for a different request. */
    record Conflicting() implements IdempotencyClaim {}

    /** The first request has completed with this response. */
    record Answered(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            String body) implements IdempotencyClaim {}
}
