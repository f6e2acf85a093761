package dev.lectern.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.LecternException.FieldError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error response (RFC 9457, {@code application/problem+json}).
 *
 * @param type URN with the code; of {@code quota_exceeded} the registered type
 * @param title short summary, the same for every occurrence, such as {@code Invalid request}
 * @param status HTTP status
 * @param detail explanation for a person: what is wrong and what to do
 * @param code stable code in lower case, such as {@code invalid_request}
 * @param requestId id of the request, as in the server's log
 * @param errors errors of single fields; null when there are none
 * @param violatedPolicies names of the exceeded limits, as in {@code RateLimit-Policy}; null unless the code is {@code quota_exceeded}
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        @Nullable List<FieldError> errors,
        @JsonProperty("violated-policies") @Nullable List<String> violatedPolicies) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The registered type of an exceeded quota (draft-ietf-httpapi-ratelimit-headers). */
    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /** The detail of every {@code INTERNAL} error. */
    public static final String INTERNAL_DETAIL =
            "The server has a problem. Try again; if it persists, send the request id to the operator.";

    /** The stable code of an error as clients see it, in lower case. */
    public static String nameOf(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }

    /** The problem of an exception as its client may see it, with the current request id. */
    public static Problem of(LecternException e) {
        Problem problem = of(e.code(), e.clientMessage(), e.fields());
        return e instanceof QuotaExceededException exceeded ? problem.withPolicies(exceeded.policies()) : problem;
    }

    /** The problem of an error code, with the current request id. */
    public static Problem of(ErrorCode code, String detail, List<FieldError> fields) {
        String name = nameOf(code);
        return new Problem(
                "urn:lectern:problem:" + name,
                code.title(),
                code.status(),
                detail,
                name,
                RequestId.current(),
                fields.isEmpty() ? null : List.copyOf(fields),
                null);
    }

    private Problem withPolicies(List<String> policies) {
        return new Problem(QUOTA_EXCEEDED, title, status, detail, code, requestId, errors, List.copyOf(policies));
    }
}
