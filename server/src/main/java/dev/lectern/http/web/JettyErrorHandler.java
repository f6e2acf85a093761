package dev.lectern.http.web;

import dev.lectern.http.Problem;
import dev.lectern.shared.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Requests that never reach our filters, such as a malformed address or headers that are too long, get a problem as well. */
@Component
class JettyErrorHandler implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    private final JsonMapper json;

    JettyErrorHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.setErrorHandler(this::write));
    }

    private boolean write(Request request, Response response, Callback callback) {
        boolean ours = response.getStatus() >= 500;
        Problem problem = Problem.of(
                ours ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST,
                ours ? ProblemExceptionHandler.INTERNAL_DETAIL : "This is no request that HTTP allows, or its head is too large.",
                List.of());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
        return true;
    }
}
