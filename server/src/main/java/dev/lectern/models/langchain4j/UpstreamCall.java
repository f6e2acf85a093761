package dev.lectern.models.langchain4j;

import dev.lectern.shared.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model service: its deadline, how to abort it, and the status of a refusal. LangChain4j's interfaces have no parameters for these, so the call
 * is bound to the calling thread.
 */
final class UpstreamCall {
    private static final ScopedValue<UpstreamCall> CURRENT = ScopedValue.newInstance();

    enum Stop {
        CANCELLED,
        DEADLINE,
        /** The text has as many tokens as were asked for. */
        FULL,
        /** The limit for the first text passed. */
        FIRST_TEXT,
        /** The limit between two events passed. */
        STALLED
    }

    /** What an address answers that is no model service, with the status 200. */
    enum UnexpectedForm {
        HTML,
        JSON
    }

    private final String model;
    private final Deadline deadline;
    private final InstantSource clock;
    private final ReplyTimeLimits limits;
    private final long begun = System.nanoTime();
    private volatile long lastEvent = begun;
    private volatile boolean textBegun;
    private final ReplyFacts facts = new ReplyFacts();
    private final List<Runnable> abortActions = new ArrayList<>();
    private @Nullable Stop stopped;
    private @Nullable Refusal refusal;
    private @Nullable RuntimeException parseFailure;
    private boolean promptBlocked;
    private boolean serviceError;
    private @Nullable UnexpectedForm unexpectedForm;

    UpstreamCall(String model, Deadline deadline, InstantSource clock) {
        this(model, deadline, clock, ReplyTimeLimits.NONE);
    }

    UpstreamCall(String model, Deadline deadline, InstantSource clock, ReplyTimeLimits limits) {
        this.model = model;
        this.deadline = deadline;
        this.clock = clock;
        this.limits = limits;
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

    /** The model is alive: an event of its reply arrived. */
    void recordEvent() {
        lastEvent = System.nanoTime();
    }

    /** The reader sees text. From the first one on, another limit counts. */
    void recordText() {
        if (textBegun) {
            return;
        }
        synchronized (this) {
            textBegun = true;
            notifyAll();
        }
    }

    /** Waits on this thread until one of the limits of time has passed, and aborts the call then. */
    void enforceLimits() throws InterruptedException {
        for (Stop passed = awaitLimit(); stopped() == null; passed = awaitLimit()) {
            if (passed != null) {
                stop(passed);
            }
        }
    }

    /** The limit that has passed; null if none has, and its time is to be calculated anew. */
    @SuppressWarnings("WaitNotInLoop") // The caller loops.
    private synchronized @Nullable Stop awaitLimit() throws InterruptedException {
        Duration toDeadline = remaining();
        Duration toLimit = textBegun ? left(limits.betweenEvents(), lastEvent) : left(limits.firstText(), begun);
        if (!toDeadline.isPositive()) {
            return Stop.DEADLINE;
        }
        if (!toLimit.isPositive()) {
            return textBegun ? Stop.STALLED : Stop.FIRST_TEXT;
        }
        wait((toLimit.compareTo(toDeadline) < 0 ? toLimit : toDeadline).toMillis() + 1);
        return null;
    }

    private static Duration left(Duration limit, long since) {
        return limit.minusNanos(System.nanoTime() - since);
    }

    /** Aborts the call, from any thread. The first reason counts. */
    void stop(Stop reason) {
        List<Runnable> toRun;
        synchronized (this) {
            if (stopped != null) {
                return;
            }
            stopped = reason;
            toRun = List.copyOf(abortActions);
        }
        toRun.forEach(Runnable::run);
    }

    /** Adds an action that aborts the call; it runs at once if the call is aborted already. */
    void onStop(Runnable abortAction) {
        synchronized (this) {
            if (stopped == null) {
                abortActions.add(abortAction);
                return;
            }
        }
        abortAction.run();
    }

    synchronized @Nullable Stop stopped() {
        return stopped;
    }

    synchronized void recordRefusal(Refusal refused) {
        refusal = refused;
    }

    /** An event of the stream could not be parsed. */
    synchronized void recordParseFailure(RuntimeException failure) {
        parseFailure = failure;
    }

    /** The content filter of the service blocked the prompt, so that there is no reply. */
    synchronized void recordBlockedPrompt() {
        promptBlocked = true;
    }

    synchronized boolean isPromptBlocked() {
        return promptBlocked;
    }

    /** The stream had an error of the service. */
    synchronized void recordServiceError() {
        serviceError = true;
    }

    synchronized boolean hasServiceError() {
        return serviceError;
    }

    /** What the reply says beside its text; for the calling thread alone. */
    ReplyFacts facts() {
        return facts;
    }

    /** The response has another form than a reply of a model. */
    synchronized void recordUnexpectedForm(UnexpectedForm form) {
        unexpectedForm = form;
    }

    synchronized @Nullable UnexpectedForm unexpectedForm() {
        return unexpectedForm;
    }

    synchronized @Nullable RuntimeException parseFailure() {
        return parseFailure;
    }

    /** Why the service refused the call; null when it did not. */
    synchronized @Nullable Refusal refusal() {
        return refusal;
    }

    /** The model that is called, as in the configuration. */
    String model() {
        return model;
    }
}
