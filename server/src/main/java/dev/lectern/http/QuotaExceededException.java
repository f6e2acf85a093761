package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;

/** A client has used up a quota. Its problem has the registered type of exceeded quotas, and names the limits. */
public final class QuotaExceededException extends LecternException {
    private static final long serialVersionUID = 1;

    private final transient List<String> policies;

    /**
     * @param policies names of the exceeded limits, as in {@code RateLimit-Policy}
     * @param retryAfter time until the quota is there again
     */
    public QuotaExceededException(String message, List<String> policies, Duration retryAfter) {
        super(ErrorCode.QUOTA_EXCEEDED, message, List.of(), retryAfter, null);
        this.policies = List.copyOf(policies);
    }

    public List<String> policies() {
        return policies;
    }
}
