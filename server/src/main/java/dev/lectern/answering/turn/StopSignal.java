package dev.lectern.answering.turn;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ErrorCode;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stops one turn and holds the cause. Thread-safe. */
public final class StopSignal {
    /** Why a turn was stopped. */
    public enum Cause {
        /** The reader stopped it. */
        STOPPED,
        /** The reader has gone, the server is stopping, or the conversation was deleted. */
        INTERRUPTED
    }

    private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
    private final Cancellation cancellation = new Cancellation();

    /** Stops the turn. Only the first cause counts. */
    public void stop(Cause why) {
        if (cause.compareAndSet(null, why)) {
            cancellation.cancel();
        }
    }

    public boolean isStopped() {
        return cancellation.isCancelled();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The reason of the answer: the cause in lower case. */
    String reason() {
        Cause why = cause.get();
        return (why == null ? Cause.INTERRUPTED : why).name().toLowerCase(Locale.ROOT);
    }

    static String reasonOf(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
