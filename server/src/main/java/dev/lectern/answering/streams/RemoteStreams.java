package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerStore;
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
 * Streams that another node writes, as the database shows them. Its text is kept there every second, so it comes in larger pieces here. When that node
 * dies, its answers become interrupted ones and the streams end with what was kept.
 */
@Component
public final class RemoteStreams {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteStreams.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    /** Beyond the time of a turn, for clocks that differ and for a node that has to be found dead. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final MessageService messageService;
    private final AnswerStore kept;
    private final RemoteReaders remoteReaders;
    private final Clock clock;
    private final QuestionService.Settings settings;

    RemoteStreams(MessageService messageService, AnswerStore kept, RemoteReaders remoteReaders, Clock clock, QuestionService.Settings settings) {
        this.messageService = messageService;
        this.kept = kept;
        this.remoteReaders = remoteReaders;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * The stream for one reader. It ends, at the latest as failed, when the turn should have been over for two minutes.
     *
     * @param message an answer that is being written
     */
    public ReadableTurnStream of(Message message, Caller caller) {
        return new Looking(message, caller);
    }

    private final class Looking implements ReadableTurnStream {
        private final Message message;
        private final Caller caller;
        private final Instant end;
        private TurnState last = TurnState.EMPTY;

        Looking(Message message, Caller caller) {
            this.message = message;
            this.caller = caller;
            this.end = message.createdAt().plus(settings.timeout()).plus(GRACE);
        }

        @Override
        public synchronized TurnState await(long id, Duration atMost) throws InterruptedException {
            long until = System.nanoTime() + atMost.toNanos();
            look();
            while (!last.isOver() && last.after(id).isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
                look();
            }
            return last;
        }

        private void look() {
            try {
                last = state(messageService.find(caller, message.conversation(), message.id()));
            } catch (LecternException gone) {
                fail(gone.code(), String.valueOf(gone.getMessage()));
            } catch (DataAccessException away) {
                LOG.debug("The database does not answer; it is asked again", away);
            }
            if (!last.isOver() && clock.instant().isAfter(end)) {
                fail(ErrorCode.DATABASE_UNAVAILABLE, "This answer was given up. Ask again.");
            }
        }

        private TurnState state(Message now) {
            return now.status() == Status.GENERATING
                    ? kept.stateSoFar(now, remoteReaders.passages(now.id()).orElse(null), caller)
                    : kept.stateOf(now, caller);
        }

        private void fail(ErrorCode code, String detail) {
            last = last.with(Failed.after(last.text(), message.id(), code, detail));
        }

        @Override
        public void readerIsThere() {
            try {
                remoteReaders.readerIsThere(message.id());
            } catch (DataAccessException away) {
                LOG.debug("The database does not answer; the reader says it again", away);
            }
        }
    }
}
