package dev.lectern.http.jetty;

import dev.lectern.http.HttpProperties;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Limits the time that each request waits for its body, and its response for the client. It works below the servlets, since uploads are parsed by the server. */
final class BodyTimeoutHandler extends Handler.Wrapper {
    private final HttpProperties properties;
    private final ConnectionActivity activity;

    /** @param activity where requests and responses are noted */
    BodyTimeoutHandler(HttpProperties properties, ConnectionActivity activity) {
        this.properties = properties;
        this.activity = activity;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        activity.begin(request);
        Request timed = request.getLength() == 0
                ? request
                : new TimedRequest(request, new BodyAllowance(properties.bodyTimeout(), properties.minBodyRate()));
        long pieceNanos = properties.responseTimeout().toNanos();
        return super.handle(timed, new TimedResponse(timed, response, pieceNanos, activity.blocked()), callback);
    }
}
