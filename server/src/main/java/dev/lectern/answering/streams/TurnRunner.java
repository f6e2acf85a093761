package dev.lectern.answering.streams;

import dev.lectern.answering.streams.TurnLimiter.Place;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.StopSignal.Cause;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns apart from the requests that began them. Each has a companion that keeps the text every second and stops the turn when its reader has
 * gone for good. Thread-safe.
 */
public final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);
    private static final int KEEP_ATTEMPTS = 3;
    private static final Duration SHUT_DOWN = Duration.ofSeconds(5);

    private final Turn turn;
    private final KeptStreams streams;
    private final ExecutorService executor;
    private final Duration keepEvery;
    private final Duration readerGrace;
    private final Map<MessageId, RunningTurn> running = new ConcurrentHashMap<>();

    /**
     * @param keepEvery how often what was written is kept
     * @param readerGrace how long a turn goes on without a reader
     */
    public TurnRunner(
            Turn turn, KeptStreams streams, ExecutorService executor, Duration keepEvery, Duration readerGrace) {
        this.turn = turn;
        this.streams = streams;
        this.executor = executor;
        this.keepEvery = keepEvery;
        this.readerGrace = readerGrace;
    }

    /**
     * Starts a turn and returns at once.
     *
     * @param keeper keeps what is written; null to keep nothing
     * @param place is left when the turn is over
     */
    public TurnStream start(TurnRequest turnRequest, Started started, @Nullable TurnRecorder keeper, Place place) {
        TurnStream stream = streams.open(turnRequest.answer());
        stream.append(started);
        RunningTurn turn = new RunningTurn(turnRequest, started, stream, new StopSignal(), keeper);
        running.put(turnRequest.answer(), turn);
        CountDownLatch over = new CountDownLatch(1);
        executor.execute(() -> {
            try (place) {
                run(turn);
            } finally {
                over.countDown();
            }
        });
        executor.execute(() -> accompany(turn, over));
        return stream;
    }

    /** Stops a turn; what was written is kept. False, and nothing happens, when it is over or runs elsewhere. */
    public boolean stop(MessageId answer, Cause cause) {
        RunningTurn turn = running.get(answer);
        if (turn == null) {
            return false;
        }
        turn.stop().stop(cause);
        return true;
    }

    /** Stops what is written for a conversation. */
    public void stop(ConversationId conversation) {
        running.values().stream()
                .filter(turn -> conversation.equals(turn.started().conversation()))
                .forEach(turn -> turn.stop().stop(Cause.INTERRUPTED));
    }

    /**
     * Waits for all turns, stops those that are not over, and waits a few seconds until what they wrote is kept. Nobody may start any more.
     *
     * @param grace how long they may go on
     */
    public void stopAll(Duration grace) {
        await(grace);
        running.values().forEach(turn -> turn.stop().stop(Cause.INTERRUPTED));
        await(SHUT_DOWN);
    }

    private void await(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        try {
            while (!running.isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(RunningTurn turn) {
        End end = outcome(turn);
        try {
            if (turn.keeper() != null && !keep(turn.keeper(), end)) {
                end = failed(turn, ErrorCode.DATABASE_UNAVAILABLE, "The answer could not be kept. Ask again.");
            }
        } finally {
            turn.stream().append(end);
            streams.close(turn.question().answer());
            running.remove(turn.question().answer());
        }
    }

    /** An answer that is not kept would count as being written until the next start, so it is tried more than once. */
    private static boolean keep(TurnRecorder keeper, End end) {
        for (int attempt = 1; attempt <= KEEP_ATTEMPTS; attempt++) {
            try {
                keeper.keep(end);
                return true;
            } catch (RuntimeException e) {
                LOG.error(
                        "The answer {} could not be kept, attempt {}",
                        end.answer().id(),
                        attempt,
                        e);
            }
        }
        return false;
    }

    private End outcome(RunningTurn turn) {
        try {
            return this.turn.take(turn.question(), turn.stop(), turn.stream()::append);
        } catch (LecternException e) {
            LOG.warn("The answer {} failed: {}", turn.question().answer(), e.getMessage());
            return failed(turn, e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The answer {} failed", turn.question().answer(), e);
            return failed(turn, ErrorCode.INTERNAL, "This is a fault of the server. Ask again.");
        }
    }

    private void accompany(RunningTurn turn, CountDownLatch over) {
        String kept = "";
        RemoteReaders.Wishes heard = RemoteReaders.Wishes.NONE;
        try {
            while (!over.await(keepEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                heard = exchange(turn, heard);
                if (turn.stream().sinceReader().compareTo(readerGrace) > 0) {
                    turn.stop().stop(Cause.INTERRUPTED);
                }
                kept = keepProgress(turn, kept);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RemoteReaders.Wishes exchange(RunningTurn turn, RemoteReaders.Wishes heard) {
        if (turn.keeper() == null) {
            return heard;
        }
        try {
            RemoteReaders.Wishes now = turn.keeper().exchange(turn.stream().state());
            if (now.signs() != heard.signs()) {
                turn.stream().readerIsThere();
            }
            if (now.stop()) {
                turn.stop().stop(Cause.STOPPED);
            }
            return now;
        } catch (RuntimeException e) {
            LOG.warn(
                    "Readers of answer {} at other nodes could not be heard; it is tried again",
                    turn.question().answer(),
                    e);
            return heard;
        }
    }

    private static String keepProgress(RunningTurn turn, String kept) {
        String text = turn.stream().state().text();
        if (turn.keeper() == null || text.equals(kept)) {
            return kept;
        }
        try {
            if (!turn.keeper().progress(text)) {
                turn.stop().stop(Cause.INTERRUPTED);
            }
            return text;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The beginning of answer {} could not be kept; it is tried again",
                    turn.question().answer(),
                    e);
            return kept;
        }
    }

    private static Failed failed(RunningTurn turn, ErrorCode code, String detail) {
        return Failed.after(turn.stream().state().text(), turn.question().answer(), code, detail);
    }
}
