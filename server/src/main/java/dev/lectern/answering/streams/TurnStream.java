package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The stream of one turn that this process writes. One thread writes, any number of threads read, and none waits for another. Thread-safe. */
public final class TurnStream implements ReadableTurnStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private TurnState state = TurnState.EMPTY;
    private volatile long lastHeartbeat = System.nanoTime();

    /** Adds an event. Never blocks for a reader. */
    void append(TurnEvent event) {
        lock.lock();
        try {
            state = state.with(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    TurnState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TurnState await(long id, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !state.isOver() && state.after(id).isEmpty()) {
                left = changed.awaitNanos(left);
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void recordHeartbeat() {
        lastHeartbeat = System.nanoTime();
    }

    /** The time since the last heartbeat of a reader, or since the start when there was none. */
    Duration timeSinceHeartbeat() {
        return Duration.of(System.nanoTime() - lastHeartbeat, TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
