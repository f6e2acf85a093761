package dev.lectern.http.jetty;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A response that its client must take fast enough: each piece that is written within a time. Otherwise the connection is closed, so that a client that takes a
 * byte now and then does not keep a request open for ever. Pieces count one by one, since megabytes may be in buffers of the operating system.
 */
final class TimedResponse extends Response.Wrapper {
    /** Larger pieces get the time of several. */
    private static final int PIECE_BYTES = 32 << 10;

    private final long pieceNanos;
    private final Set<TimedResponse> blocked;
    private volatile long waitingUntil;
    private volatile boolean waiting;

    /**
     * @param pieceNanos time for 32 KB or less
     * @param blocked where the response is while its client has not taken what was written
     */
    TimedResponse(Request request, Response response, long pieceNanos, Set<TimedResponse> blocked) {
        super(request, response);
        this.pieceNanos = pieceNanos;
        this.blocked = blocked;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        int pieces = 1 + (bytes == null ? 0 : bytes.remaining()) / PIECE_BYTES;
        waitingUntil = System.nanoTime() + pieces * pieceNanos;
        waiting = true;
        super.write(last, bytes, Callback.from(this::taken, callback));
        if (waiting) {
            blocked.add(this);
            if (!waiting) {
                blocked.remove(this);
            }
        }
    }

    private void taken() {
        waiting = false;
        blocked.remove(this);
    }

    /** Closes the connection when the client is too slow. */
    void closeIfTooSlow() {
        if (waiting && System.nanoTime() - waitingUntil > 0) {
            blocked.remove(this);
            getRequest()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(new TimeoutException("The client takes the response too slowly"));
        }
    }
}
