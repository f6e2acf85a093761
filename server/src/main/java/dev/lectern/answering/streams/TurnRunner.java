package dev.lectern.answering.streams;

import dev.lectern.answering.AnswerCompleted;
import dev.lectern.answering.streams.RemoteReaders.ReaderSignals;
import dev.lectern.answering.streams.TurnLimiter.Permit;
import dev.lectern.answering.turn.AnswerCompletionPublisher;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.StopSignal.Cause;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.observability.spi.LogContext.Scope;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.storage.DatabaseFull;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns on threads of their own, apart from the requests that started them. A second thread supervises each turn: it stores the text at intervals
 * and stops the turn when all readers have gone. Thread-safe.
 */
final class TurnRunner {
    private static final Logger log = LoggerFactory.getLogger(TurnRunner.class);
    private static final int SAVE_ATTEMPTS = 3;
    private static final Duration SAVE_AGAIN = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(5);

    private final Turn turn;
    private final TurnStreamRegistry streams;
    private final AnswerCompletionPublisher completions;
    private final ExecutorService executor;
    private final Duration saveInterval;
    private final Duration readerGrace;
    private volatile boolean stopping;
    private final Map<MessageId, RunningTurn> running = new ConcurrentHashMap<>();

    /**
     * @param saveInterval between two times of storing the text that was written so far
     * @param readerGrace how long a turn goes on without a reader
     */
    TurnRunner(
            Turn turn,
            TurnStreamRegistry streams,
            AnswerCompletionPublisher completions,
            ExecutorService executor,
            Duration saveInterval,
            Duration readerGrace) {
        this.turn = turn;
        this.streams = streams;
        this.completions = completions;
        this.executor = executor;
        this.saveInterval = saveInterval;
        this.readerGrace = readerGrace;
    }

    /**
     * Starts a turn and returns its stream at once.
     *
     * @param recorder stores the turn; null to store nothing
     * @param permit is closed when the turn is over
     */
    TurnStream start(TurnRequest request, Started started, @Nullable TurnRecorder recorder, Permit permit) {
        TurnStream stream = streams.open(request.answer());
        stream.append(started);
        RunningTurn turn = new RunningTurn(request, started, stream, new StopSignal(), recorder);
        running.put(request.answer(), turn);
        CountDownLatch over = new CountDownLatch(1);
        try (Scope _ = contextOf(turn).open()) {
            executor.execute(() -> {
                try (permit) {
                    run(turn);
                } finally {
                    over.countDown();
                }
            });
            executor.execute(() -> supervise(turn, over));
        }
        return stream;
    }

    private static LogContext contextOf(RunningTurn turn) {
        LogContext context =
                LogContext.current().with(Field.ANSWER, turn.answer().value());
        ConversationId conversation = turn.started().conversation();
        return conversation == null ? context : context.with(Field.CONVERSATION, conversation.value());
    }

    /** Stops a turn; its text so far is stored. Returns false, without an effect, when the turn is over or runs at another node. */
    boolean stop(MessageId answer, Cause cause) {
        RunningTurn turn = running.get(answer);
        if (turn == null) {
            return false;
        }
        turn.stop(cause);
        return true;
    }

    /** Stops the turns of a conversation. */
    void stopConversation(ConversationId conversation) {
        running.values().stream()
                .filter(turn -> conversation.equals(turn.started().conversation()))
                .forEach(turn -> turn.stop(Cause.INTERRUPTED));
    }

    /**
     * Waits for all turns, stops those that are not over, and waits up to five seconds until their text is stored. No turn may start any more.
     *
     * @param grace how long turns may go on
     */
    void stopAll(Duration grace) {
        stopping = true;
        awaitTurns(grace);
        running.values().forEach(turn -> turn.stop(Cause.INTERRUPTED));
        awaitTurns(SHUTDOWN_WAIT);
    }

    private void awaitTurns(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        try {
            while (!running.isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(RunningTurn turn) {
        long begun = System.nanoTime();
        End written = runToEnd(turn, begun);
        TurnRecorder recorder = turn.recorder();
        Storing storing = recorder == null ? Storing.DONE : saveEnd(recorder, written);
        RuntimeException unsaved = storing.failure();
        End end = unsaved == null ? written : failed(turn, begun, notStored(unsaved));
        try {
            turn.stream().append(end);
        } finally {
            streams.close(turn.answer());
            if (!storing.byAnotherNode()) {
                completions.publish(AnswerCompleted.of(
                        end.answer(),
                        turn.request().context(),
                        turn.request().collections().ids()));
            }
            running.remove(turn.answer());
        }
        if (unsaved != null && recorder != null) {
            executor.execute(() -> saveLater(recorder, written));
        }
    }

    private static LecternException notStored(RuntimeException unsaved) {
        return DatabaseFull.isCauseOf(unsaved)
                ? new LecternException(
                        ErrorCode.STORAGE_FULL,
                        "The answer could not be stored: there is no space left on the disk of the database. Free some space, then ask again.",
                        unsaved)
                : new LecternException(
                        ErrorCode.DATABASE_UNAVAILABLE, "The answer could not be stored. Ask again.", unsaved);
    }

    /**
     * How the end of a turn was stored.
     *
     * @param byAnotherNode it took this one for dead, has ended the turn and published so
     * @param failure the last one; null when the end is stored
     */
    private record Storing(boolean byAnotherNode, @Nullable RuntimeException failure) {
        static final Storing DONE = new Storing(false, null);
    }

    /** Tries several times. */
    private static Storing saveEnd(TurnRecorder recorder, End end) {
        for (int attempt = 1; ; attempt++) {
            try {
                // After a failed attempt it may have been this node.
                boolean here = recorder.saveEnd(end) || attempt > 1;
                return new Storing(!here, null);
            } catch (RuntimeException e) {
                log.error("Could not store answer {}, attempt {}", end.answer().id(), attempt, e);
                if (attempt == SAVE_ATTEMPTS) {
                    return new Storing(false, e);
                }
            }
        }
    }

    /** An answer that is not stored counts as generating, so its conversation takes no question until the database accepts it, or the server starts again. */
    private void saveLater(TurnRecorder recorder, End end) {
        try {
            while (!stopping) {
                TimeUnit.MILLISECONDS.sleep(SAVE_AGAIN.toMillis());
                try {
                    boolean here = recorder.saveEnd(end);
                    log.info("Answer {} is stored now{}", end.answer().id(), here ? "" : " by another node");
                    return;
                } catch (RuntimeException e) {
                    log.debug("Answer {} is still not stored", end.answer().id(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private End runToEnd(RunningTurn turn, long begun) {
        try {
            End end = this.turn.run(turn.request(), turn.stopSignal(), turn.stream()::append);
            if (end instanceof Failed failed) {
                logFailure(turn, failed.code(), failed.detail());
            }
            return end;
        } catch (LecternException e) {
            logFailure(turn, e.code(), String.valueOf(e.getMessage()));
            return failed(turn, begun, e);
        } catch (RuntimeException | Error e) {
            log.error("Answer {} failed", turn.answer(), e);
            return failed(
                    turn,
                    begun,
                    new LecternException(ErrorCode.INTERNAL, "The server has an internal error. Ask again.", e));
        }
    }

    /** One line without a stack trace: the code says where the cause is, and the owner of the failed component reports it. */
    private static void logFailure(RunningTurn turn, ErrorCode code, String detail) {
        log.warn(
                "Answer {} failed with {} after {} characters: {}",
                turn.answer().value(),
                code.name().toLowerCase(Locale.ROOT),
                turn.stream().state().text().length(),
                detail);
    }

    private void supervise(RunningTurn turn, CountDownLatch over) {
        String saved = "";
        ReaderSignals signals = ReaderSignals.NONE;
        try {
            while (!over.await(saveInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                signals = exchangeSignals(turn, signals);
                if (turn.stream().timeSinceHeartbeat().compareTo(readerGrace) > 0) {
                    turn.stop(Cause.INTERRUPTED);
                }
                saved = saveProgress(turn, saved);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReaderSignals exchangeSignals(RunningTurn turn, ReaderSignals before) {
        if (turn.recorder() == null) {
            return before;
        }
        try {
            ReaderSignals now = turn.recorder().exchangeSignals(turn.stream().state());
            if (now.heartbeats() != before.heartbeats()) {
                turn.stream().recordHeartbeat();
            }
            if (now.stop()) {
                turn.stop(Cause.STOPPED);
            }
            return now;
        } catch (RuntimeException e) {
            log.warn(
                    "Could not read the signals of remote readers of answer {}; trying again at the next interval",
                    turn.answer(),
                    e);
            return before;
        }
    }

    private static String saveProgress(RunningTurn turn, String saved) {
        String text = turn.stream().state().text();
        if (turn.recorder() == null || text.equals(saved)) {
            return saved;
        }
        try {
            if (!turn.recorder().saveProgress(text)) {
                turn.stop(Cause.INTERRUPTED);
            }
            return text;
        } catch (RuntimeException e) {
            log.warn("Could not store the progress of answer {}; trying again at the next interval", turn.answer(), e);
            return saved;
        }
    }

    private static Failed failed(RunningTurn turn, long begun, LecternException failure) {
        return Failed.after(turn.stream().state(), turn.answer(), Duration.ofNanos(System.nanoTime() - begun), failure);
    }
}
