package dev.lectern.http.jetty;

import dev.lectern.http.HttpProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of one connector whose clients are too slow: those whose request line and headers take longer than allowed, and those that take a response
 * too slowly. The idle time-out does not, since each byte extends it. Looks every second, so a time-out may last a second longer.
 */
final class SlowConnectionMonitor extends AbstractLifeCycle {
    private static final Logger log = LoggerFactory.getLogger(SlowConnectionMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AbstractConnector connector;
    private final long headerNanos;
    private final ConnectionActivity activity;
    /** Connections on which no request is handled, as the last look found them. Only used by one look at a time. */
    private Map<Connection, Idle> idle = new HashMap<>();

    /**
     * A connection between two requests, or before the first.
     *
     * @param requests those that it has had so far
     * @param bytes received so far
     * @param headerSince time at which more bytes were first seen; 0 while there are none
     */
    private record Idle(long requests, long bytes, long headerSince) {}

    /** @param activity of all connectors of the server */
    SlowConnectionMonitor(AbstractConnector connector, HttpProperties properties, ConnectionActivity activity) {
        this.connector = connector;
        this.headerNanos = properties.headerTimeout().toNanos();
        this.activity = activity;
    }

    @Override
    protected void doStart() {
        schedule();
    }

    private void schedule() {
        connector.getScheduler().schedule(this::look, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning()) {
            return;
        }
        try {
            activity.blocked().forEach(TimedResponse::closeIfTooSlow);
            lookAtHeaders();
        } catch (RuntimeException e) {
            log.warn("A look at slow connections failed; the next one follows", e);
        } finally {
            schedule();
        }
    }

    private void lookAtHeaders() {
        long now = System.nanoTime();
        Map<Connection, Idle> present = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = httpConnection(endPoint.getConnection());
            // HTTP/2 has other frames than headers between requests, and limits of its own.
            if (!(connection instanceof ConnectionMetaData)
                    || activity.handled().contains(connection)) {
                continue;
            }
            Idle before = idle.get(connection);
            Idle state = next(before, connection, now);
            boolean isSending = before != null && state.bytes() > before.bytes();
            // One that sends nothing more is left to the idle time-out: maybe its whole request waits for this machine.
            if (isSending && state.headerSince() != 0 && now - state.headerSince() > headerNanos) {
                log.debug("The headers of a request came too slowly; its connection is closed");
                endPoint.close(new TimeoutException("The headers of the request came too slowly"));
            } else {
                present.put(connection, state);
            }
        }
        idle = present;
    }

    private static Idle next(@Nullable Idle before, Connection connection, long now) {
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        if (before == null || before.requests() != requests) {
            // Whatever a connection has received before its first request is the begin of a header.
            return new Idle(requests, bytes, requests == 0 && bytes > 0 ? now : 0);
        }
        boolean begins = before.headerSince() == 0 && bytes > before.bytes();
        return new Idle(requests, bytes, begins ? now : before.headerSince());
    }

    private static @Nullable Connection httpConnection(@Nullable Connection connection) {
        return connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
    }
}
