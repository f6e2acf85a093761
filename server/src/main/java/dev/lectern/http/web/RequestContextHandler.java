package dev.lectern.http.web;

import dev.lectern.http.RequestId;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.shared.IdGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gives each request its id and its trace id before anything else handles it, so that also the log lines of Jetty and Spring, outside of the filters, carry
 * them.
 */
@Component
class RequestContextHandler implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    private final IdGenerator ids;

    RequestContextHandler(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.insertHandler(new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                try (LogContext.Scope _ = contextOf(request.getHeaders()).open()) {
                    return super.handle(request, response, callback);
                }
            }
        }));
    }

    private LogContext contextOf(HttpFields headers) {
        String sent = headers.get(RequestId.HEADER);
        String id = sent != null && RequestId.isWellFormed(sent) ? sent : ids.next();
        String trace = TraceParentHeader.readTraceId(headers.get(TraceParentHeader.NAME))
                .orElseGet(ids::nextTraceId);
        return LogContext.EMPTY.with(LogContext.Field.REQUEST, id).with(LogContext.Field.TRACE, trace);
    }
}
