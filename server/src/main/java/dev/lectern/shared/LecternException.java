package dev.lectern.shared;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code of the catalogue. The message is shown to users: it says what is wrong, then what to do. It never contains a secret or the message
 * of another exception.
 */
public class LecternException extends RuntimeException {

    /**
     * The error of one field of a request.
     *
     * @param field the path of the field, as the client wrote it
     * @param message what is wrong with its value, then what to do
     */
    public record FieldError(String field, String message) {}

    private final ErrorCode code;
    private final transient List<FieldError> fields;
    private final @Nullable Duration retryAfter;

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
        super(message, cause);
        this.code = code;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
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
