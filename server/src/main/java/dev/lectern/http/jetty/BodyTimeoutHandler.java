package dev.lectern.http.jetty;

import dev.lectern.http.HttpProperties;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Limits the time that each request waits for its body. It works below the servlets, since uploads are parsed by the server itself. */
final class BodyTimeoutHandler extends Handler.Wrapper {
    private final HttpProperties properties;

    BodyTimeoutHandler(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() == 0) {
            return super.handle(request, response, callback);
        }
        var allowance = new BodyAllowance(properties.bodyTimeout(), properties.minBodyRate());
        return super.handle(new TimedRequest(request, allowance), response, callback);
    }
}
