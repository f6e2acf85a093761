package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Status;
import dev.lectern.conversations.MessageService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Streams of turns that another node runs, polled from the database. That node stores the text once a second, so it arrives here in larger pieces. When
 * the node dies, its answers are marked as interrupted, and the streams end with the stored text.
 */
@Component
public final class RemoteStreams {
    private static final Logger log = LoggerFactory.getLogger(RemoteStreams.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    /** Beyond the timeout of a turn: for clocks that differ, and for the time until a dead node is noticed. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final MessageService messages;
    private final AnswerPersistence answers;
    private final RemoteReaders remoteReaders;
    private final Clock clock;
    private final QuestionService.Settings settings;

    RemoteStreams(
            MessageService messages,
            AnswerPersistence answers,
            RemoteReaders remoteReaders,
            Clock clock,
            QuestionService.Settings settings) {
        this.messages = messages;
        this.answers = answers;
        this.remoteReaders = remoteReaders;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Opens the stream for one reader. It ends as failed at the latest two minutes after the timeout of the turn.
     *
     * @param message an answer that is generating
     */
    public ReadableTurnStream open(Message message, Caller caller) {
        return new PolledStream(message, caller);
    }

    private final class PolledStream implements ReadableTurnStream {
        private final Message message;
        private final Caller caller;
        private final Instant end;
        private TurnState last = TurnState.EMPTY;

        PolledStream(Message message, Caller caller) {
            this.message = message;
            this.caller = caller;
            this.end = message.createdAt().plus(settings.timeout()).plus(GRACE);
        }

        @Override
        public synchronized TurnState await(long id, Duration atMost) throws InterruptedException {
            long until = System.nanoTime() + atMost.toNanos();
            poll();
            while (!last.isOver() && last.after(id).isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
                poll();
            }
            return last;
        }

        private void poll() {
            try {
                last = restore(messages.find(caller, message.conversation(), message.id()));
            } catch (LecternException notFound) {
                fail(notFound.code(), notFound.clientMessage());
            } catch (DataAccessException unavailable) {
                log.debug("The database is unavailable; polling again", unavailable);
            }
            if (!last.isOver() && clock.instant().isAfter(end)) {
                fail(ErrorCode.DATABASE_UNAVAILABLE, "The answer was not finished in time. Ask again.");
            }
        }

        private TurnState restore(Message now) {
            return now.status() == Status.GENERATING
                    ? answers.restoreProgress(
                            now, remoteReaders.findPassages(now.id()).orElse(null), caller)
                    : answers.restoreState(now, caller);
        }

        private void fail(ErrorCode code, String detail) {
            last = last.with(Failed.after(last, message.id(), Duration.ZERO, new LecternException(code, detail)));
        }

        @Override
        public void recordHeartbeat() {
            try {
                remoteReaders.recordHeartbeat(message.id());
            } catch (DataAccessException unavailable) {
                log.debug("The database is unavailable; the reader sends its next heartbeat in a second", unavailable);
            }
        }
    }
}
