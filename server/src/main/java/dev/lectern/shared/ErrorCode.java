package dev.lectern.shared;

/** The catalogue of errors. The name in lower case is the {@code code} of a problem, stable for clients. */
public enum ErrorCode {
    INVALID_REQUEST(400, false, "The request is not valid"),
    UNAUTHENTICATED(401, false, "Proof of identity is missing"),
    FORBIDDEN(403, false, "Not allowed"),
    ORIGIN_NOT_ALLOWED(403, false, "This origin may not make changes"),
    NOT_FOUND(404, false, "Not found"),
    METHOD_NOT_ALLOWED(405, false, "This method does not exist here"),
    NOT_ACCEPTABLE(406, false, "No such representation"),
    CONFLICT(409, false, "Conflicts with the present state"),
    IDEMPOTENCY_CONFLICT(409, false, "This Idempotency-Key was used for another request"),
    NEEDS_CONFIRMATION(409, false, "Needs a confirmation"),
    GONE(410, false, "No longer there"),
    TOO_LARGE(413, false, "Too large"),
    UNSUPPORTED_FORMAT(415, false, "This format cannot be read"),
    TOO_MANY_REQUESTS(429, true, "Too many requests"),
    INTERNAL(500, false, "Something went wrong here"),
    MODEL_FAILED(502, false, "The model answered with an error"),
    MODEL_UNAVAILABLE(503, true, "The model cannot be reached"),
    INDEX_UNAVAILABLE(503, true, "The index is not available"),
    ORIGINALS_UNAVAILABLE(503, true, "The storage of the originals is not available"),
    DATABASE_UNAVAILABLE(503, true, "The database is not available"),
    OVERLOADED(503, true, "Too much to do at the moment"),
    SHUTTING_DOWN(503, true, "The server is stopping"),
    DEADLINE_EXCEEDED(504, true, "It took too long"),
    STORAGE_FULL(507, false, "No room left on the disk");

    private final int status;
    private final boolean retryable;
    private final String title;

    ErrorCode(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** The HTTP status of a response with this error. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** A short sentence without a full stop, the same for every occurrence. */
    public String title() {
        return title;
    }
}
