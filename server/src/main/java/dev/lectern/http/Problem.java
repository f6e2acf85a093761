package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.LecternException.FieldError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets instead of an answer (RFC 9457, {@code application/problem+json}).
 *
 * @param type a URN of the code
 * @param title the same for every occurrence
 * @param status of the response
 * @param detail for a person: what is wrong and what to do
 * @param code stable, in lower case
 * @param requestId to be quoted to the operator, who finds it in the log
 * @param errors what is wrong with which field; null when it is none in particular
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        @Nullable List<FieldError> errors) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The problem of a failure, with the request id in force. */
    public static Problem of(LecternException e) {
        return of(e.code(), String.valueOf(e.getMessage()), e.fields());
    }

    /** The problem of a code, with the request id in force. */
    public static Problem of(ErrorCode code, String detail, List<FieldError> fields) {
        String name = code.name().toLowerCase(Locale.ROOT);
        return new Problem(
                "urn:lectern:problem:" + name,
                code.title(),
                code.status(),
                detail,
                name,
                RequestId.current(),
                fields.isEmpty() ? null : List.copyOf(fields));
    }
}
