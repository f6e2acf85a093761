package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of server-sent events to one reader. A write blocks while the reader does not read, at most for the connection's idle time-out. After that, or
 * when the connection is closed, the stream closes and {@link #send} returns false. During silence a comment is sent at each interval, so that proxies
 * keep the connection open and a disconnected reader is detected. Every two seconds it is checked whether the reader may go on; otherwise the last event is {@code
 * failed} with the reason. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
    /** With the half second in which a change of access is noticed, a stream ends well within five seconds. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

    /** How long the last event waits for one that is being written. */
    private static final Duration REFUSAL_WAIT = Duration.ofSeconds(1);

    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND);
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    private final JsonMapper json;
    private final Duration commentEvery;
    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable check;
    private volatile boolean silent;
    private volatile long lastWritten = System.nanoTime();

    /** @param check throws UNAUTHENTICATED, FORBIDDEN or NOT_FOUND when the reader may not go on */
    EventStream(OutputStream out, JsonMapper json, Duration commentEvery, Runnable check) {
        this.out = out;
        this.json = json;
        this.commentEvery = commentEvery;
        this.check = check;
    }

    /**
     * The data of {@code failed} when the reader lost access.
     *
     * @param problem why
     */
    record Refused(Problem problem) {}

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

    /** Sends comments, and checks the reader, until the stream is closed; runs on a separate thread. */
    void watch() {
        try {
            long lastChecked = System.nanoTime();
            boolean isFailing = false;
            long wait = 0;
            while (!closed.await(wait, TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                if (now - lastChecked >= CHECK_INTERVAL.toNanos()) {
                    isFailing = checkReader(isFailing);
                    lastChecked = now;
                }
                if (now - lastWritten >= commentEvery.toNanos()) {
                    write(COMMENT);
                }
                wait = Math.min(
                        commentEvery.toNanos() - (now - Math.min(now, lastWritten)),
                        CHECK_INTERVAL.toNanos() - (now - lastChecked));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the stream when the reader may not go on.
     *
     * @param wasFailing whether the check before did not come to a result, so that the log has it already
     * @return whether this one did not
     */
    private boolean checkReader(boolean wasFailing) throws InterruptedException {
        try {
            check.run();
            return false;
        } catch (RuntimeException e) {
            // The request of a stream that was closed meanwhile says nothing any more.
            if (!isOpen()) {
                return wasFailing;
            }
            if (e instanceof LecternException refusal && REFUSALS.contains(refusal.code())) {
                refuse(refusal);
            } else if (!wasFailing) {
                // Such as a database that is away: whoever may read stays the same meanwhile, and the stream goes on.
                log.warn("Whether the reader of a stream may go on could not be checked; it is checked again", e);
            }
            return true;
        }
    }

    /** Sends the last event, {@code failed}, with the problem. */
    public void fail(LecternException reason) {
        send(null, "failed", new Refused(Problem.of(reason)));
    }

    /** A reader who does not read blocks the last event, and gets nothing any more in any case. */
    private void refuse(LecternException reason) throws InterruptedException {
        boolean isFree = writing.tryLock(REFUSAL_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (isFree) {
                fail(reason);
            }
            close();
        } finally {
            if (isFree) {
                writing.unlock();
            }
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
