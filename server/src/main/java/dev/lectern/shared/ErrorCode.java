package dev.lectern.shared;

/**
 * The catalogue of errors. The lower-case name is the {@code code} of a problem+json response and never changes. Each constant has an HTTP status, whether a
 * retry may succeed, and a title.
 */
public enum ErrorCode {
    INVALID_REQUEST(400, false, "Invalid request"),
    UNAUTHENTICATED(401, false, "Authentication required"),
    SECOND_FACTOR_REQUIRED(401, false, "Second factor required"),
    FORBIDDEN(403, false, "Permission denied"),
    ORIGIN_NOT_ALLOWED(403, false, "Origin not allowed"),
    HTTPS_REQUIRED(403, false, "HTTPS required"),
    NOT_FOUND(404, false, "Not found"),
    METHOD_NOT_ALLOWED(405, false, "Method not allowed"),
    NOT_ACCEPTABLE(406, false, "No acceptable representation"),
    REQUEST_TIMEOUT(408, true, "Request body too slow"),
    CONFLICT(409, false, "Conflict with the current state"),
    IDEMPOTENCY_CONFLICT(409, false, "Idempotency-Key already used"),
    DOCUMENT_EXISTS(409, false, "Document already exists"),
    NEEDS_CONFIRMATION(409, false, "Confirmation required"),
    GONE(410, false, "No longer available"),
    PRECONDITION_FAILED(412, false, "Changed by somebody else"),
    TOO_LARGE(413, false, "Request body too large"),
    URI_TOO_LONG(414, false, "URL too long"),
    UNSUPPORTED_FORMAT(415, false, "Unsupported format"),
    TOO_MANY_REQUESTS(429, true, "Too many requests"),
    QUOTA_EXCEEDED(429, true, "Request quota exceeded"),
    HEADERS_TOO_LARGE(431, false, "Request headers too large"),
    INTERNAL(500, false, "Internal error"),
    MODEL_FAILED(502, false, "The model returned an error"),
    MODEL_UNAVAILABLE(503, true, "Model unavailable"),
    INDEX_UNAVAILABLE(503, true, "Search index unavailable"),
    ORIGINALS_UNAVAILABLE(503, true, "Document storage unavailable"),
    SIGN_IN_UNAVAILABLE(503, true, "Sign-in unavailable"),
    DATABASE_UNAVAILABLE(503, true, "Database unavailable"),
    OVERLOADED(503, true, "Server overloaded"),
    SHUTTING_DOWN(503, true, "Server shutting down"),
    DEADLINE_EXCEEDED(504, true, "Deadline exceeded"),
    HTTP_VERSION_NOT_SUPPORTED(505, false, "HTTP version not supported"),
    STORAGE_FULL(507, false, "Disk full");

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

    /** Whether the same request may succeed later, without a change by the client or the operator. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Three to six words without a full stop, the same for every occurrence. */
    public String title() {
        return title;
    }
}
