package dev.lectern.http.idempotency;

import org.jspecify.annotations.Nullable;

/** What became of the wish to be the one request that runs for a key. */
sealed interface IdempotencyClaim {
    /** Nobody has: the caller runs, and says how it ended. */
    record Granted() implements IdempotencyClaim {}

    /** The same request is running at this moment. */
    record Running() implements IdempotencyClaim {}

    /** The key was used for another request. */
    record UsedForAnother() implements IdempotencyClaim {}

    /** The same request was answered; this is the answer. */
    record Answered(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            String body) implements IdempotencyClaim {}
}
