package dev.lectern.shared;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure with a code of the catalogue. The message is ours and is shown to people: it says what to do, and never holds a secret or another exception's text. */
public class LecternException extends RuntimeException {

    /**
     * What is wrong with one field of a request.
     *
     * @param field the field's path as the client wrote it
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

    /** A request whose one {@code field} is wrong. */
    public static LecternException invalid(String field, String message) {
        return new LecternException(
                ErrorCode.INVALID_REQUEST, message, List.of(new FieldError(field, message)), null, null);
    }

    /** A retryable failure that should not be tried again before {@code retryAfter}. */
    public static LecternException later(ErrorCode code, String message, Duration retryAfter) {
        return new LecternException(code, message, List.of(), retryAfter, null);
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> fields() {
        return fields;
    }

    /** When to try again, if that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
