package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.shared.MessageId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Streams in this process. They are as many as turns may run, each as large as its passages and the longest answer. */
public final class TurnStreamRegistry implements KeptStreams {
    private final Map<MessageId, TurnStream> open = new ConcurrentHashMap<>();

    @Override
    public TurnStream open(MessageId answer) {
        TurnStream stream = new MemoryStream();
        open.put(answer, stream);
        return stream;
    }

    @Override
    public Optional<TurnStream> find(MessageId answer) {
        return Optional.ofNullable(open.get(answer));
    }

    @Override
    public void close(MessageId answer) {
        open.remove(answer);
    }

    private static final class MemoryStream implements TurnStream {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private TurnState state = TurnState.EMPTY;
        private volatile long readerAt = System.nanoTime();

        @Override
        public void append(TurnEvent event) {
            lock.lock();
            try {
                state = state.with(event);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public TurnState state() {
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
        public void readerIsThere() {
            readerAt = System.nanoTime();
        }

        @Override
        public Duration sinceReader() {
            return Duration.of(System.nanoTime() - readerAt, TimeUnit.NANOSECONDS.toChronoUnit());
        }
    }
}
