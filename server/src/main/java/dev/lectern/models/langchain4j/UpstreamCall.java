package dev.lectern.models.langchain4j;

import dev.lectern.shared.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to a model's service: how long it may take, how to break it off, and what the service said when it refused. LangChain4j's interfaces have
 * no room for these, so the call travels beside them, bound to the calling thread.
 */
final class UpstreamCall {
    private static final ScopedValue<UpstreamCall> CURRENT = ScopedValue.newInstance();

    enum Stop {
        CANCELLED,
        DEADLINE
    }

    private final Deadline deadline;
    private final InstantSource clock;
    private final List<Runnable> breakers = new ArrayList<>();
    private @Nullable Stop stopped;
    private @Nullable Integer refusedStatus;
    private @Nullable Duration retryAfter;
    private @Nullable RuntimeException unreadable;

    UpstreamCall(Deadline deadline, InstantSource clock) {
        this.deadline = deadline;
        this.clock = clock;
    }

    static UpstreamCall current() {
        return CURRENT.get();
    }

    <T> T run(Supplier<T> action) {
        return ScopedValue.where(CURRENT, this).call(action::get);
    }

    Duration remaining() {
        return deadline.remaining(clock);
    }

    /** Breaks the call off, from any thread; the first reason counts. */
    void stop(Stop reason) {
        List<Runnable> toRun;
        synchronized (this) {
            if (stopped != null) {
                return;
            }
            stopped = reason;
            toRun = List.copyOf(breakers);
        }
        toRun.forEach(Runnable::run);
    }

    /** What breaks the call off; run at once when it already was. */
    void onStop(Runnable breaker) {
        synchronized (this) {
            if (stopped == null) {
                breakers.add(breaker);
                return;
            }
        }
        breaker.run();
    }

    synchronized @Nullable Stop stopped() {
        return stopped;
    }

    synchronized void refused(int status, @Nullable Duration retryAfter) {
        this.refusedStatus = status;
        this.retryAfter = retryAfter;
    }

    /** An event of the stream made no sense. */
    synchronized void unreadable(RuntimeException failure) {
        unreadable = failure;
    }

    synchronized @Nullable RuntimeException unreadable() {
        return unreadable;
    }

    synchronized @Nullable Integer refusedStatus() {
        return refusedStatus;
    }

    synchronized @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
