package dev.lectern.ingestion.sources;

import dev.lectern.observability.spi.LogContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation on the file system of a folder, from when it is given to a thread until that returns. Whoever waits for it may give it up long before.
 *
 * @param <T> of its result
 */
final class FolderCall<T> implements FolderOperation.Progress {
    private static final Logger log = LoggerFactory.getLogger(FolderCall.class);

    private final FolderOperation<T> operation;
    private final Consumer<Path> observer;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final LogContext context = LogContext.current();
    /** Of the last step. Written by the thread of the folder. */
    private volatile Path path;

    private volatile long progressedAt = System.nanoTime();
    private volatile boolean finished;
    /** Whether the same path has answered another call since; this one only keeps its thread. */
    private volatile boolean lost;

    private @Nullable Thread thread;

    /** @param observer told on the folder's thread before each call of the file system */
    FolderCall(Path path, FolderOperation<T> operation, Consumer<Path> observer) {
        this.path = path;
        this.operation = operation;
        this.observer = observer;
    }

    /** Carries out the operation. Called once, on a thread of the folder. */
    void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            context.wrap(this::runOperation).run();
        } finally {
            synchronized (this) {
                thread = null;
                finished = true;
                // The thread goes on with other calls: an interrupt was meant for this one.
                Thread.interrupted();
            }
        }
    }

    private void runOperation() {
        T found;
        try {
            progressedAt = System.nanoTime();
            observer.accept(path);
            found = operation.run(this);
        } catch (Throwable failure) {
            finished = true;
            if (!result.completeExceptionally(failure)) {
                log.debug("A call on {} that nobody waits for any more failed", path, failure);
            }
            return;
        }
        // Whoever waits may ask again at once, so the call has to count as returned before.
        finished = !result.isDone();
        if (!result.complete(found) && found instanceof AutoCloseable unwanted) {
            close(unwanted);
        }
    }

    private void close(AutoCloseable unwanted) {
        try {
            unwanted.close();
        } catch (Exception failure) {
            log.debug("{} could not be closed", path, failure);
        }
    }

    @Override
    public void step(Path next) {
        if (result.isDone()) {
            throw new CancellationException("Nobody waits for the operation on " + next + " any more");
        }
        path = next;
        progressedAt = System.nanoTime();
        observer.accept(next);
    }

    /**
     * Waits until the operation ends, or has made no progress for too long.
     *
     * @param patience longest wait without progress, in nanoseconds
     * @throws TimeoutException when it has made no progress; the caller decides whether it gives the call up
     * @throws CancellationException after {@link #cancel}, or when the waiting thread was interrupted
     */
    T await(long patience) throws IOException, TimeoutException {
        while (true) {
            long left = patience - silentNanos();
            try {
                return result.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                if (silentNanos() >= patience) {
                    throw late;
                }
            } catch (InterruptedException stop) {
                giveUp(new CancellationException("The wait for " + path + " was interrupted"));
                Thread.currentThread().interrupt();
                throw new CancellationException("The wait for " + path + " was interrupted");
            } catch (ExecutionException failed) {
                throw rethrow(failed.getCause());
            }
        }
    }

    /** The result of a call that has ended. */
    T getNow() throws IOException {
        try {
            return result.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The wait for " + path + " was interrupted");
        } catch (ExecutionException failed) {
            throw rethrow(failed.getCause());
        }
    }

    private static IOException rethrow(@Nullable Throwable failure) {
        return switch (failure) {
            case IOException known -> known;
            case RuntimeException known -> throw known;
            case Error known -> throw known;
            case null, default -> new IOException("The folder could not be read", failure);
        };
    }

    /** Ends the wait for the operation at once. */
    void cancel() {
        giveUp(new CancellationException("The wait for " + path + " was cancelled"));
    }

    /**
     * Nobody waits for the operation any more. Its thread is interrupted, which ends calls that can be interrupted.
     *
     * @return false when the operation had ended before
     */
    boolean giveUp(Throwable reason) {
        if (!result.completeExceptionally(reason)) {
            return false;
        }
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
        return true;
    }

    void markLost() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether the file system has returned. */
    boolean isFinished() {
        return finished;
    }

    /** What the file system was asked for last. */
    Path path() {
        return path;
    }

    /** When the file system was asked last, in the time of {@link System#nanoTime}. */
    long progressedAt() {
        return progressedAt;
    }

    /** How long the call that the file system carries out now has taken. */
    long silentNanos() {
        return System.nanoTime() - progressedAt;
    }
}
