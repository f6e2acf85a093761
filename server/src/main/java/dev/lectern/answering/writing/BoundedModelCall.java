package dev.lectern.answering.writing;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a chat model within a time limit, whatever the model does. A model that ignores the deadline or the cancellation is interrupted and abandoned, and
 * its later output is dropped.
 */
final class BoundedModelCall {
    /** Time for the model to end by itself after the deadline or the cancellation. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final ChatModel model;
    private final ExecutorService executor;
    private final InstantSource clock;

    BoundedModelCall(ChatModel model, ExecutorService executor, InstantSource clock) {
        this.model = model;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * @return null when the call was cancelled and the model did not return in time
     * @throws LecternException from the model, {@code DEADLINE_EXCEEDED} when it did not return in time, {@code MODEL_FAILED} for any other error
     */
    @Nullable ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        ClosableConsumer output = new ClosableConsumer(onText);
        CompletableFuture<ChatReply> reply = new CompletableFuture<>();
        Future<?> running = executor.submit(() -> {
            try {
                reply.complete(model.write(request, output, cancellation, deadline));
            } catch (RuntimeException | Error e) {
                reply.completeExceptionally(e);
            }
        });
        CountDownLatch over = new CountDownLatch(1);
        var _ = reply.whenComplete((_, _) -> over.countDown());
        cancellation.onCancel(over::countDown);
        try {
            boolean inTime = over.await(deadline.remaining(clock).toMillis(), TimeUnit.MILLISECONDS);
            return inTime || !reply.isDone() ? reply.get(GRACE.toMillis(), TimeUnit.MILLISECONDS) : reply.get();
        } catch (TimeoutException stillRunning) {
            running.cancel(true);
            if (cancellation.isCancelled()) {
                return null;
            }
            throw new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The model did not finish within the deadline. Ask again, or ask a simpler question.");
        } catch (ExecutionException e) {
            throw translate(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Ask again in a minute.", e);
        } finally {
            output.close();
        }
    }

    private static LecternException translate(@Nullable Throwable cause) {
        Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
        return inner instanceof LecternException ours
                ? ours
                : new LecternException(
                        ErrorCode.MODEL_FAILED, "The model failed while it was writing. Ask again.", inner);
    }

    /** Drops all pieces after it was closed. Closing waits for the piece that is being passed on. */
    private static final class ClosableConsumer implements Consumer<String> {
        private final Consumer<String> inner;
        private boolean closed;

        ClosableConsumer(Consumer<String> inner) {
            this.inner = inner;
        }

        @Override
        public synchronized void accept(String piece) {
            if (!closed) {
                inner.accept(piece);
            }
        }

        synchronized void close() {
            closed = true;
        }
    }
}
