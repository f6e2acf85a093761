package dev.lectern.answering.streams;

import dev.lectern.answering.Answer;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.QuestionValidator;
import dev.lectern.answering.streams.TurnLimiter.Place;
import dev.lectern.answering.turn.StopSignal.Cause;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.answering.view.AnswerStore;
import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.StartedTurn;
import dev.lectern.conversations.TurnService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ReadableCollections;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes questions, in a conversation or without one, and starts their turns. What can be refused is refused before anything is kept. */
@Service
public final class QuestionService {
    private final ConversationService conversationService;
    private final TurnService turnService;
    private final LibraryCollections collections;
    private final AnswerStore kept;
    private final AnswerPresenter present;
    private final TurnLimiter turnLimiter;
    private final TurnRunner runner;
    private final Turn turn;
    private final RemoteReaders remoteReaders;
    private final IdGenerator ids;
    private final Clock clock;
    private final Settings settings;

    /** @param timeout of one turn */
    public record Settings(Duration timeout) {}

    QuestionService(
            ConversationService conversationService,
            TurnService turnService,
            LibraryCollections collections,
            AnswerStore kept,
            AnswerPresenter present,
            TurnLimiter turnLimiter,
            TurnRunner runner,
            Turn turn,
            RemoteReaders remoteReaders,
            IdGenerator ids,
            Clock clock,
            Settings settings) {
        this.conversationService = conversationService;
        this.turnService = turnService;
        this.collections = collections;
        this.kept = kept;
        this.present = present;
        this.turnLimiter = turnLimiter;
        this.runner = runner;
        this.turn = turn;
        this.remoteReaders = remoteReaders;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** What came of a question. */
    public sealed interface Asked {}

    /** A turn that was started. */
    public record Started(MessageId answer, TurnStream stream) implements Asked {}

    /** The same was answered before. */
    public record Known(Answer answer) implements Asked {}

    /**
     * Asks in a conversation. The turn goes on without its reader for a while.
     *
     * @param replaces an earlier question that this one takes the place of: who asks again wants another answer, so none of before is given
     * @throws dev.lectern.shared.LecternException {@code INVALID_REQUEST}, {@code NOT_FOUND}, {@code CONFLICT} while another answer is written there, {@code
     *     TOO_MANY_REQUESTS}
     */
    public Started ask(Caller caller, ConversationId id, @Nullable String content, @Nullable MessageId replaces) {
        String question = QuestionValidator.checked(content, "content");
        Conversation conversation = conversationService.find(caller, id);
        ReadableCollections readable = collections.readableBy(caller, conversation.collections());
        Place place = turnLimiter.enter();
        try {
            StartedTurn begun = turnService.begin(caller, id, question, replaces);
            var asked = new TurnRequest(
                    begun.answer(), question, history(begun, caller), readable, deadline(), null, replaces != null);
            var started = new TurnEvent.Started(begun.answer(), id, begun.question());
            return new Started(begun.answer(), runner.start(asked, started, keeper(begun.answer()), place));
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /**
     * Asks without a conversation; nothing is kept, and nobody but the asker can read it.
     *
     * @param inOnePiece whether the asker wants the answer alone and not how it comes
     */
    public Asked ask(
            Caller caller,
            @Nullable String question,
            List<CollectionId> wanted,
            List<PastExchange> history,
            boolean inOnePiece) {
        String checked = QuestionValidator.checked(question, "question");
        Map<CollectionId, Long> generations = collections.generationsReadableBy(caller, wanted);
        MessageId id = new MessageId(ids.next());
        var readable = new ReadableCollections(generations.keySet());
        var asked = new TurnRequest(id, checked, history, readable, deadline(), generations, false);
        Optional<End> known = inOnePiece ? turn.known(asked) : Optional.empty();
        if (known.isPresent()) {
            return new Known(known.get().answer());
        }
        Place place = turnLimiter.enter();
        try {
            var started = new TurnEvent.Started(id, null, null);
            return new Started(id, runner.start(asked, started, null, place));
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** Stops a turn, when it is still running on any node, because its reader wants it. */
    public void stop(Message answer) {
        if (!runner.stop(answer.id(), Cause.STOPPED) && answer.status() == Message.Status.GENERATING) {
            remoteReaders.stop(answer.id());
        }
    }

    /** Stops a turn without a conversation, because its reader has gone. */
    public void abandon(MessageId answer) {
        runner.stop(answer, Cause.INTERRUPTED);
    }

    private Deadline deadline() {
        return Deadline.in(settings.timeout(), clock);
    }

    /** Answers whose documents are not as they were are left out: a model would say the old text again. */
    private List<PastExchange> history(StartedTurn begun, Caller caller) {
        return begun.history().stream()
                .map(past -> new PastExchange(
                        past.question(),
                        present.stillValid(past.answer(), caller).orElse("")))
                .toList();
    }

    private TurnRecorder keeper(MessageId answer) {
        return new TurnRecorder() {
            @Override
            public boolean progress(String text) {
                return turnService.progress(answer, text);
            }

            @Override
            public RemoteReaders.Wishes exchange(TurnState state) {
                Passages found = state.passages();
                return remoteReaders.exchange(answer, found == null ? null : AnswerStore.passages(found.items()));
            }

            @Override
            public void keep(End end) {
                kept.keep(end);
            }
        };
    }
}
