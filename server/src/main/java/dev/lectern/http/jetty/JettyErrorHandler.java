package dev.lectern.http.jetty;

import dev.lectern.http.Problem;
import dev.lectern.http.RequestId;
import dev.lectern.http.SecurityHeaders;
import dev.lectern.http.StatusTranslator;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem responses for requests that Jetty rejects before the filters, such as malformed addresses or oversized headers. */
@Component
class JettyErrorHandler implements Request.Handler {
    private static final Logger log = LoggerFactory.getLogger(JettyErrorHandler.class);

    /** The attribute in which Jetty passes the failure. */
    private static final String ERROR_CAUSE = ErrorHandler.ERROR_EXCEPTION;

    private final JsonMapper json;
    private final IdGenerator ids;

    JettyErrorHandler(JsonMapper json, IdGenerator ids) {
        this.json = json;
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = requestId(request, response);
        int status = response.getStatus();
        Problem problem = problem(status, id);
        if (problem.code().equals(Problem.nameOf(ErrorCode.INTERNAL))) {
            log.error(
                    "{} {} failed before it was handled [{}]",
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    id,
                    request.getAttribute(ERROR_CAUSE) instanceof Throwable cause ? cause : null);
        }
        HttpFields.Mutable headers = response.getHeaders();
        SecurityHeaders.forPath(String.valueOf(request.getHttpURI().getPath())).forEach(headers::put);
        headers.put(RequestId.HEADER, id);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
        return true;
    }

    private String requestId(Request request, Response response) {
        HttpField given = response.getHeaders().getField(RequestId.HEADER);
        if (given != null) {
            return given.getValue();
        }
        if (!RequestId.current().equals(RequestId.NONE)) {
            return RequestId.current();
        }
        String sent = request.getHeaders().get(RequestId.HEADER);
        return sent != null && RequestId.isWellFormed(sent) ? sent : ids.next();
    }

    /** With the status that the response has, which the code may not have. */
    private static Problem problem(int status, String requestId) {
        LecternException failure = StatusTranslator.translate(status, null);
        String name = Problem.nameOf(failure.code());
        return new Problem(
                "urn:lectern:problem:" + name,
                failure.code().title(),
                status,
                String.valueOf(failure.getMessage()),
                name,
                requestId,
                null,
                null);
    }
}
