package dev.lectern.http.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * What happens on the connections of a server at the moment. Thread-safe.
 *
 * @param handled connections of HTTP/1 with a request that is handled
 * @param blocked responses whose clients have not yet taken what was written
 */
record ConnectionActivity(Set<Connection> handled, Set<TimedResponse> blocked) {
    ConnectionActivity() {
        this(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    /** Notes that a request is handled, until it is complete. */
    void begin(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection instanceof ConnectionMetaData && handled.add(connection)) {
            Request.addCompletionListener(request, failure -> handled.remove(connection));
        }
    }
}
