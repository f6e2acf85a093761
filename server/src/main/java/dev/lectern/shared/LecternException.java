package dev.lectern.shared;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code of the catalogue. The message says what is wrong, then what to do. It never contains a secret or the message of another exception.
 * Clients get {@link #clientMessage()}, which differs from the message when only the operator can mend the cause.
 */
public class LecternException extends RuntimeException {

    /**
     * The error of one field of a request.
     *
     * @param field the path of the field, as the client wrote it
     * @param message what is wrong with its value, then what to do
     */
    public record FieldError(String field, String message) {}

    private static final String ASK_THE_OPERATOR = "Ask the operator of this server.";

    private final ErrorCode code;
    private final transient List<FieldError> fields;
    private final @Nullable Duration retryAfter;
    private final @Nullable String clientMessage;

    public LecternException(ErrorCode code, String message) {
        this(code, message, List.of(), null, null);
    }

    public LecternException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, List.of(), null, cause);
    }

    public LecternException(
            ErrorCode code,
            String message,
            List<FieldError> fields,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(code, message, null, fields, retryAfter, cause);
    }

    /**
     * @param message for logs, commands and operators
     * @param clientMessage for clients; null when they get {@code message}
     */
    protected LecternException(
            ErrorCode code,
            String message,
            @Nullable String clientMessage,
            List<FieldError> fields,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.clientMessage = clientMessage;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /**
     * An error that only the operator can mend.
     *
     * @param message what is wrong, for everybody
     * @param remedy what the operator does, which may name settings and addresses; clients are told to ask the operator instead
     */
    public static LecternException forOperator(
            ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        return withClientMessage(code, message + " " + remedy, message + " " + ASK_THE_OPERATOR, cause);
    }

    /**
     * An error with two texts.
     *
     * @param message for logs, commands and operators
     * @param clientMessage for clients: what happened and what they can do, without settings and addresses
     */
    public static LecternException withClientMessage(
            ErrorCode code, String message, String clientMessage, @Nullable Throwable cause) {
        return new LecternException(code, message, clientMessage, List.of(), null, cause);
    }

    /** An {@code INVALID_REQUEST} error of one {@code field}. */
    public static LecternException invalid(String field, String message) {
        return new LecternException(
                ErrorCode.INVALID_REQUEST, message, List.of(new FieldError(field, message)), null, null);
    }

    /** A retryable error that clients should not retry before {@code retryAfter} has passed. */
    public static LecternException withRetryAfter(ErrorCode code, String message, Duration retryAfter) {
        return new LecternException(code, message, List.of(), retryAfter, null);
    }

    /** What clients are shown: no setting, no path of the server. */
    public String clientMessage() {
        return clientMessage != null ? clientMessage : Objects.requireNonNullElse(getMessage(), code.title() + ".");
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> fields() {
        return fields;
    }

    /** The time after which a retry makes sense; empty when unknown. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
