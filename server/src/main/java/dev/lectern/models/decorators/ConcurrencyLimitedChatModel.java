package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Limits the concurrent calls of a chat model. Further calls wait in order of arrival and fail with OVERLOADED after the maximum wait. */
final class ConcurrencyLimitedChatModel extends ChatModelDecorator {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore permits;
    private final Duration maxWait;
    private final InstantSource clock;

    ConcurrencyLimitedChatModel(ChatModel model, ModelCallProperties limits, InstantSource clock) {
        super("Limited", model);
        this.permits = new Semaphore(limits.concurrentCalls(), true);
        this.maxWait = limits.maxWait();
        this.clock = clock;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        acquirePermit(deadline.atMost(maxWait, clock));
        try {
            return model.write(request, onText, cancellation, deadline);
        } finally {
            permits.release();
        }
    }

    private void acquirePermit(Deadline deadline) {
        try {
            if (!permits.tryAcquire(deadline.remaining(clock).toMillis(), TimeUnit.MILLISECONDS)) {
                throw LecternException.withRetryAfter(
                        ErrorCode.OVERLOADED,
                        "All concurrent calls of the chat model are in use. Try again in a moment.",
                        RETRY_AFTER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Try again in a moment.", e);
        }
    }
}
