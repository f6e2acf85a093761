package dev.lectern.answering.streams;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerCompleted;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.AnswerCompletionPublisher;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.conversations.InterruptedAnswer;
import dev.lectern.conversations.TurnService;
import dev.lectern.observability.spi.PeriodicTask;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Marks as interrupted the answers of dead nodes, the previous process of this node included, deletes the signals of finished answers, and stores the outcomes
 * of older answers in their columns.
 */
@Component
@Lazy(false)
class OrphanedTurnCleaner implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(OrphanedTurnCleaner.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ROUNDS_BETWEEN_COMPLETIONS = 12;
    private static final int BATCH = 100;
    private static final Duration BATCH_PAUSE = Duration.ofMillis(20);

    private final ObjectProvider<TurnService> turns;
    private final ObjectProvider<RemoteReaders> remoteReaders;
    private final ObjectProvider<AnswerPersistence> answers;
    private final ObjectProvider<AnswerCompletionPublisher> completions;
    private final ExecutorService executor;
    private final PeriodicTask task = new PeriodicTask(Duration.ZERO, INTERVAL, this::runRound);
    private int round;

    OrphanedTurnCleaner(
            ObjectProvider<TurnService> turns,
            ObjectProvider<RemoteReaders> remoteReaders,
            ObjectProvider<AnswerPersistence> answers,
            ObjectProvider<AnswerCompletionPublisher> completions,
            ExecutorService executor) {
        this.turns = turns;
        this.remoteReaders = remoteReaders;
        this.answers = answers;
        this.completions = completions;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    private void runRound() {
        cleanUp();
        if (round % ROUNDS_BETWEEN_COMPLETIONS == 0) {
            completeOutcomes();
        }
        round++;
    }

    private void cleanUp() {
        try {
            turns.getObject().interruptOrphanedAnswers().forEach(this::publish);
            deleteFinishedSignals(remoteReaders.getObject());
        } catch (RuntimeException | Error e) {
            if (ShutdownSignal.isCauseOf(e)) {
                log.debug("The server is stopping", e);
                return;
            }
            log.warn("The search for interrupted answers failed; it is repeated in {}", INTERVAL, e);
        }
    }

    private void publish(InterruptedAnswer interrupted) {
        completions
                .getObject()
                .publish(new AnswerCompleted(
                        interrupted.answer(),
                        interrupted.owner(),
                        interrupted.conversation(),
                        Set.copyOf(interrupted.collections()),
                        Answer.Status.FAILED,
                        Answer.INTERRUPTED,
                        null,
                        null,
                        null,
                        false,
                        TokenUsage.NONE,
                        null));
    }

    /** Answers of older versions, and of nodes of an older version during an upgrade. In small batches, so that no other write waits long. */
    private void completeOutcomes() {
        try {
            while (!task.isStopped() && answers.getObject().completeOutcomes(BATCH) == BATCH) {
                LockSupport.parkNanos(this, BATCH_PAUSE.toNanos());
            }
        } catch (RuntimeException e) {
            if (ShutdownSignal.isCauseOf(e)) {
                log.debug("The server is stopping", e);
                return;
            }
            log.warn("The outcomes of older answers could not be stored in columns; this is repeated", e);
        }
    }

    /** Lists the signals first: an answer that starts in between is then not among them. */
    private void deleteFinishedSignals(RemoteReaders readers) {
        List<MessageId> finished = new ArrayList<>(readers.listAnswers());
        if (!finished.isEmpty()) {
            finished.removeAll(turns.getObject().findGenerating(finished));
            readers.delete(finished);
        }
    }

    @Override
    public void destroy() {
        task.stop();
    }
}
