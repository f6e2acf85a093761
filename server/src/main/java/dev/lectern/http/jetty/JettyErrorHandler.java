package dev.lectern.http.jetty;

import dev.lectern.http.RequestId;
import dev.lectern.http.StatusTranslator;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes problem responses for requests that Jetty rejects before the filters, such as malformed addresses or oversized headers. */
@Component
class JettyErrorHandler implements Request.Handler {
    private static final Logger log = LoggerFactory.getLogger(JettyErrorHandler.class);

    /** The attribute in which Jetty passes the failure. */
    private static final String ERROR_CAUSE = ErrorHandler.ERROR_EXCEPTION;

    private final ProblemResponder problems;

    JettyErrorHandler(ProblemResponder problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        LecternException failure = StatusTranslator.translate(response.getStatus(), null);
        String id = problems.requestId(request, response);
        if (failure.code() == ErrorCode.INTERNAL) {
            log.error(
                    "{} {} failed before it was handled [{}]",
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    id,
                    request.getAttribute(ERROR_CAUSE) instanceof Throwable cause ? cause : null);
        }
        response.getHeaders().put(RequestId.HEADER, id);
        problems.write(failure, request, response, callback);
        return true;
    }
}
