package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The headers that belong to problems (RFC 9110). */
final class ProblemHeaders {
    private ProblemHeaders() {}

    static void write(LecternException problem, HttpServletResponse response) {
        problem.retryAfter().ifPresent(wait -> response.setHeader("Retry-After", RetryAfterHeader.seconds(wait)));
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"lectern\"");
        }
        if (problem.code() == ErrorCode.REQUEST_TIMEOUT) {
            // The rest of the body is not read.
            response.setHeader("Connection", "close");
        }
    }

    /** The value of {@code Allow}: what the path declares, HEAD for what GET reads, and OPTIONS, which every path answers. */
    static String allow(String @Nullable [] declared) {
        TreeSet<String> methods = new TreeSet<>(declared == null ? List.of() : Arrays.asList(declared));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
