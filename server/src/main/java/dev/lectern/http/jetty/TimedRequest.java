package dev.lectern.http.jetty;

import dev.lectern.http.SlowBodyException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body must come fast enough. Only the time is counted in which the server waits for data, so that a slow server does not blame the client.
 * When it is used up, the body fails with a {@link SlowBodyException}, also while somebody waits for it.
 */
final class TimedRequest extends Request.Wrapper {
    private final BodyAllowance allowance;
    private final AtomicReference<@Nullable Demand> pending = new AtomicReference<>();
    private volatile boolean expired;

    TimedRequest(Request request, BodyAllowance allowance) {
        super(request);
        this.allowance = allowance;
    }

    /** Somebody waits for data. */
    private static final class Demand {
        private final Runnable available;
        private final long since = System.nanoTime();
        private volatile Scheduler.@Nullable Task timer;

        Demand(Runnable available) {
            this.available = available;
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (expired) {
            return Content.Chunk.from(new SlowBodyException(), true);
        }
        Content.Chunk chunk = super.read();
        if (chunk != null && !Content.Chunk.isFailure(chunk)) {
            allowance.addReceived(chunk.remaining());
        }
        return chunk;
    }

    @Override
    public void demand(Runnable available) {
        Demand demand = new Demand(available);
        pending.set(demand);
        super.demand(() -> complete(demand));
        demand.timer = getComponents()
                .getScheduler()
                .schedule(() -> expire(demand), allowance.remainingNanos(), TimeUnit.NANOSECONDS);
        if (pending.get() != demand) {
            cancelTimer(demand);
        }
    }

    private void complete(Demand demand) {
        if (pending.compareAndSet(demand, null)) {
            cancelTimer(demand);
            allowance.addWaited(System.nanoTime() - demand.since);
            demand.available.run();
        }
    }

    private void expire(Demand demand) {
        if (pending.compareAndSet(demand, null)) {
            expired = true;
            getComponents().getExecutor().execute(demand.available);
        }
    }

    private static void cancelTimer(Demand demand) {
        Scheduler.Task timer = demand.timer;
        if (timer != null) {
            timer.cancel();
        }
    }
}
