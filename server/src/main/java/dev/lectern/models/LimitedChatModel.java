package dev.lectern.models;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets a number of calls run at a time, in the order they came; one that waits too long is refused. */
final class LimitedChatModel extends ChatModelAround {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore places;
    private final Duration maxWait;
    private final InstantSource clock;

    LimitedChatModel(ChatModel model, CallLimits limits, InstantSource clock) {
        super("Limited", model);
        this.places = new Semaphore(limits.concurrentCalls(), true);
        this.maxWait = limits.maxWait();
        this.clock = clock;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        enter(deadline.atMost(maxWait, clock));
        try {
            return model.write(request, onText, cancellation, deadline);
        } finally {
            places.release();
        }
    }

    private void enter(Deadline deadline) {
        try {
            if (!places.tryAcquire(deadline.remaining(clock).toMillis(), TimeUnit.MILLISECONDS)) {
                throw LecternException.withRetryAfter(
                        ErrorCode.OVERLOADED,
                        "The model is busy with other questions. Try again in a moment.",
                        RETRY_AFTER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Try again in a moment.", e);
        }
    }
}
