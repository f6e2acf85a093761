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
 * Server-sent events to one reader. Writing blocks while the reader does not read, at most for the connection's idle time-out; after that, or when the
 * connection is gone, the stream is closed and {@link #send} says so. While nothing is sent a comment goes out at every interval, which keeps proxies
 * from cutting the connection and finds out that a reader has gone. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
    private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

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
     * @param id what a reader may resume after; null when it cannot
     * @param event the event's name, a word
     * @param data written as JSON
     * @return false when the reader is gone or the server stops; nobody needs to send any more then
     */
    public boolean send(@Nullable String id, String event, Object data) {
        String text = (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: "
                + json.writeValueAsString(data) + "\n\n";
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the reader was still there at the last write and the server does not stop. */
    public boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Waits until the stream is closed, by the reader going, the server stopping or {@link #close}. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Ends the stream; nothing can be sent any more. */
    @Override
    public void close() {
        silent = true;
        closed.countDown();
    }

    /** Asks its opener to come to an end, who may still send what the reader should not miss. */
    void end() {
        closed.countDown();
    }

    /** Sends comments until the stream is closed; runs on a thread of its own. */
    void comment() {
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
