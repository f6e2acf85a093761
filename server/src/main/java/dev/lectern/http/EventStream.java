package dev.lectern.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of server-sent events to one reader. A write blocks while the reader does not read, at most for the connection's idle time-out. After that, or
 * when the connection is closed, the stream closes and {@link #send} returns false. During silence a comment is sent at each interval, so that proxies
 * keep the connection open and a disconnected reader is detected. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    private final JsonMapper json;
    private final Duration commentEvery;
    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile long lastWritten = System.nanoTime();

    EventStream(OutputStream out, JsonMapper json, Duration commentEvery) {
        this.out = out;
        this.json = json;
        this.commentEvery = commentEvery;
    }

    /**
     * Sends one event.
     *
     * @param id event id for Last-Event-ID; null when the stream cannot be resumed
     * @param event name of the event
     * @param data payload, serialised as JSON
     * @return false when the reader has disconnected or the server is stopping; further events are not needed then
     */
    public boolean send(@Nullable String id, String event, Object data) {
        String text = (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: "
                + json.writeValueAsString(data) + "\n\n";
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the reader was connected at the last write and the server is not stopping. */
    public boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Waits until the reader disconnects, the server stops or {@link #close} is called. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Closes the stream; later events are discarded. */
    @Override
    public void close() {
        silent = true;
        closed.countDown();
    }

    /** Signals the end to the sender, which may still send final events. */
    void end() {
        closed.countDown();
    }

    /** Sends comments until the stream is closed; runs on a separate thread. */
    void sendComments() {
        try {
            long wait = commentEvery.toNanos();
            while (!closed.await(wait, TimeUnit.NANOSECONDS)) {
                long quiet = System.nanoTime() - lastWritten;
                wait = commentEvery.toNanos() - quiet;
                if (wait <= 0) {
                    write(COMMENT);
                    wait = commentEvery.toNanos();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(byte[] bytes) {
        writing.lock();
        try {
            if (silent) {
                return false;
            }
            out.write(bytes);
            out.flush();
            lastWritten = System.nanoTime();
            return isOpen();
        } catch (IOException readerGone) {
            close();
            return false;
        } finally {
            writing.unlock();
        }
    }
}
