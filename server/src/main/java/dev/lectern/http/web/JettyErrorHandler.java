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

/** Writes problem responses for requests that Jetty rejects before the filters, such as malformed URLs or oversized headers. */
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
        boolean serverError = response.getStatus() >= 500;
        Problem problem = Problem.of(
                serverError ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST,
                serverError
                        ? ProblemExceptionHandler.INTERNAL_DETAIL
                        : "The request is not valid HTTP, or its headers are too large.",
                List.of());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
        return true;
    }
}
