package dev.lectern.http.jetty;

import dev.lectern.http.ExternalAddress;
import dev.lectern.http.Problem;
import dev.lectern.http.RequestId;
import dev.lectern.http.SecurityHeaders;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem responses below the filters. */
@Component
public class ProblemResponder {
    private final JsonMapper json;
    private final IdGenerator ids;
    private final SecurityHeaders security;

    ProblemResponder(JsonMapper json, IdGenerator ids, SecurityHeaders security) {
        this.json = json;
        this.ids = ids;
        this.security = security;
    }

    /** Writes a problem with the status that the response has, which the code of {@code failure} may not have. */
    void write(LecternException failure, Request request, Response response, Callback callback) {
        String id = requestId(request, response);
        String name = Problem.nameOf(failure.code());
        Problem problem = new Problem(
                "urn:lectern:problem:" + name,
                failure.code().title(),
                response.getStatus(),
                failure.clientMessage(),
                name,
                id,
                null,
                null);
        HttpFields.Mutable headers = response.getHeaders();
        putSecurityHeaders(request, response);
        headers.put(RequestId.HEADER, id);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
    }

    void putSecurityHeaders(Request request, Response response) {
        String scheme = request.isSecure() ? "https" : "http";
        ExternalAddress external = new ExternalAddress(
                scheme, String.valueOf(Request.getServerName(request)), Request.getServerPort(request), "");
        security.of(String.valueOf(request.getHttpURI().getPath()), external).forEach(response.getHeaders()::put);
    }

    /** The id that the request has or sent, else a new one. */
    String requestId(Request request, Response response) {
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
}
