package dev.lectern.models;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failed call of a model service. The message says what the operator has to do; {@link #clientMessage()} is for readers and names no setting. Both are
 * ours: the text of the service is left out, since it may contain what was sent.
 */
public final class ModelCallException extends LecternException {

    /** Why the call failed. The lower-case name is the label {@code outcome} of {@code lectern_model_calls_total} and never changes. */
    public enum Reason {
        /** Status 401 or 403. */
        KEY_REJECTED(ErrorCode.MODEL_FAILED),
        /** Status 404. */
        MODEL_NOT_FOUND(ErrorCode.MODEL_FAILED),
        /** There is nothing at this path: the base URL is wrong. */
        ADDRESS_NOT_FOUND(ErrorCode.MODEL_FAILED),
        /** The model was there once. */
        MODEL_ENDED(ErrorCode.MODEL_FAILED),
        /** The prompt is longer than the context of the model. */
        CONTEXT_EXCEEDED(ErrorCode.MODEL_FAILED),
        /** The model does not know a parameter of the request. */
        UNSUPPORTED_PARAMETER(ErrorCode.MODEL_FAILED),
        /** The project or account has no quota or credit for the model, which does not pass by itself. */
        NO_QUOTA(ErrorCode.MODEL_FAILED),
        /** Any other status from 400 to 499. */
        REQUEST_REJECTED(ErrorCode.MODEL_FAILED),
        /** Status 300 to 399; redirects are not followed. */
        REDIRECTED(ErrorCode.MODEL_FAILED),
        /** A web page or another text that is not of the protocol, with the status 200. */
        WEB_PAGE(ErrorCode.MODEL_FAILED),
        /** The response is none of the protocol, or not what was asked for. */
        INVALID_RESPONSE(ErrorCode.MODEL_FAILED),
        /** Status 429. */
        RATE_LIMITED(ErrorCode.MODEL_UNAVAILABLE),
        /** Status 408 or from 500 on. */
        SERVICE_FAILED(ErrorCode.MODEL_UNAVAILABLE),
        /** No connection, or one that was closed too early. */
        UNREACHABLE(ErrorCode.MODEL_UNAVAILABLE),
        /** No text before the limit for the first token. */
        FIRST_TOKEN_TIMEOUT(ErrorCode.MODEL_UNAVAILABLE),
        /** No further token within the limit between tokens. */
        STREAM_STALLED(ErrorCode.MODEL_UNAVAILABLE),
        /** The whole reply was thoughts. */
        THOUGHTS_ONLY(ErrorCode.MODEL_FAILED),
        /** The certificate of the service is not valid, or the two sides know no common TLS. */
        TLS_FAILED(ErrorCode.MODEL_UNAVAILABLE),
        /** No complete response before the deadline. */
        DEADLINE(ErrorCode.DEADLINE_EXCEEDED);

        private final ErrorCode code;

        Reason(ErrorCode code) {
            this.code = code;
        }

        /** The lower-case name. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final transient @Nullable ChatReply received;
    private final @Nullable QuotaLimit quota;

    /**
     * @param condition one sentence that says what is wrong, without settings and secrets
     * @param remedy one or two sentences for the operator, which may name settings
     * @param retryAfter as the service asked for; null when it did not
     */
    public ModelCallException(
            Reason reason, String condition, String remedy, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        this(reason, condition, remedy, retryAfter, null, cause);
    }

    /** @param quota the quota that is used up; null when the failure is about none */
    public ModelCallException(
            Reason reason,
            String condition,
            String remedy,
            @Nullable Duration retryAfter,
            @Nullable QuotaLimit quota,
            @Nullable Throwable cause) {
        super(reason.code, condition + " " + remedy, condition + " " + advice(reason), List.of(), retryAfter, cause);
        this.reason = reason;
        this.received = null;
        this.quota = quota;
    }

    private ModelCallException(ModelCallException failure, ChatReply received) {
        super(
                failure.code(),
                String.valueOf(failure.getMessage()),
                failure.clientMessage(),
                List.of(),
                failure.retryAfter().orElse(null),
                failure.getCause());
        this.reason = failure.reason;
        this.quota = failure.quota;
        this.received = received;
        setStackTrace(failure.getStackTrace());
    }

    /** The same failure with the part of the reply that was received before, which the service charges. */
    public ModelCallException withReceived(ChatReply reply) {
        return new ModelCallException(this, reply);
    }

    /** The part of the reply that was received before the failure; null when there is none. */
    public @Nullable ChatReply received() {
        return received;
    }

    /** Whether the model was too slow, so that another attempt would wait as long. */
    public boolean isTimeout() {
        return reason == Reason.FIRST_TOKEN_TIMEOUT || reason == Reason.STREAM_STALLED || reason == Reason.DEADLINE;
    }

    public Reason reason() {
        return reason;
    }

    /** The quota that is used up, with the time of the next call. */
    public Optional<QuotaLimit> quota() {
        return Optional.ofNullable(quota);
    }

    private static String advice(Reason reason) {
        return reason.code.isRetryable() ? "Try again later." : "Tell the operator of this server.";
    }
}
