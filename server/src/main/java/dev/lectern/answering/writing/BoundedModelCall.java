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
 * A call of a model that ends in time whatever the model does: one that ignores its deadline or its cancellation is interrupted and left alone, and
 * what it says after that is not heard.
 */
final class BoundedModelCall {
    /** For the model to end by itself after it was cancelled, or its time is up. */
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
     * @return null when it was cancelled and the model did not say how it ended
     * @throws LecternException what the model throws, {@code DEADLINE_EXCEEDED} when it did not come back, {@code MODEL_FAILED} for anything else
     */
    @Nullable ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        Gate gate = new Gate(onText);
        CompletableFuture<ChatReply> reply = new CompletableFuture<>();
        Future<?> running = executor.submit(() -> {
            try {
                reply.complete(model.write(request, gate, cancellation, deadline));
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
                    ErrorCode.DEADLINE_EXCEEDED, "The model took too long. Ask again, or ask for less at once.");
        } catch (ExecutionException e) {
            throw translated(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Ask again in a minute.", e);
        } finally {
            gate.close();
        }
    }

    private static LecternException translated(@Nullable Throwable cause) {
        Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
        return inner instanceof LecternException ours
                ? ours
                : new LecternException(
                        ErrorCode.MODEL_FAILED, "The model failed in the middle of its work. Ask again.", inner);
    }

    /** Closed, it lets nothing through any more; closing waits for a piece on its way. */
    private static final class Gate implements Consumer<String> {
        private final Consumer<String> inner;
        private boolean closed;

        Gate(Consumer<String> inner) {
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
