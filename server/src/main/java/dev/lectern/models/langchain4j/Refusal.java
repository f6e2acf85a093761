package dev.lectern.models.langchain4j;

import dev.lectern.models.QuotaLimit;
import org.jspecify.annotations.Nullable;

/**
 * A response with another status than 2xx, without the text of the service, which may contain what was sent.
 *
 * @param quota what it says about the time of the next call; null when it says nothing
 * @param parameter the parameter of the request that the model does not support; null for all other causes, or when it is not named
 */
record Refusal(int status, Cause cause, @Nullable QuotaLimit quota, @Nullable String parameter) {
    static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** A call that was not sent, since the service refused the last one until a time that has not come. */
    static Refusal beforehand(QuotaLimit quota) {
        int status = quota.kind() == QuotaLimit.Kind.CAPACITY ? UNAVAILABLE : TOO_MANY_REQUESTS;
        return new Refusal(status, Cause.UNKNOWN, quota, null);
    }

    /** What the body says, as far as it is known. */
    enum Cause {
        UNKNOWN,
        /** The key is wrong, blocked or may not use the model. */
        KEY,
        /** There is no such model. */
        MODEL_UNKNOWN,
        /** The model was there, and is no more. */
        MODEL_ENDED,
        /** The address is not that of the API. */
        ADDRESS,
        /** The prompt is longer than the context of the model. */
        CONTEXT,
        /** A parameter of the request is not supported by the model. */
        PARAMETER
    }
}
