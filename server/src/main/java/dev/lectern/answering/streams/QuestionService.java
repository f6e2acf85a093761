package dev.lectern.answering.streams;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerCompleted;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.QuestionValidator;
import dev.lectern.answering.streams.TurnLimiter.Permit;
import dev.lectern.answering.turn.AnswerCompletionPublisher;
import dev.lectern.answering.turn.StopSignal.Cause;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.conversations.StartedTurn;
import dev.lectern.conversations.TurnService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchableCollections;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Accepts questions, in a conversation or without one, and starts their turns. A question that is refused leaves nothing in the database. */
@Service
public final class QuestionService {
    private final ConversationService conversations;
    private final MessageService messages;
    private final TurnService turns;
    private final LibraryCollections collections;
    private final AnswerPersistence answers;
    private final AnswerPresenter presenter;
    private final TurnLimiter limiter;
    private final TurnRunner runner;
    private final Turn turn;
    private final AnswerCompletionPublisher completions;
    private final RemoteReaders remoteReaders;
    private final IdGenerator ids;
    private final Clock clock;
    private final Settings settings;

    /** @param timeout maximum time for one turn */
    record Settings(Duration timeout) {}

    QuestionService(
            ConversationService conversations,
            MessageService messages,
            TurnService turns,
            LibraryCollections collections,
            AnswerPersistence answers,
            AnswerPresenter presenter,
            TurnLimiter limiter,
            TurnRunner runner,
            Turn turn,
            AnswerCompletionPublisher completions,
            RemoteReaders remoteReaders,
            IdGenerator ids,
            Clock clock,
            Settings settings) {
        this.conversations = conversations;
        this.messages = messages;
        this.turns = turns;
        this.collections = collections;
        this.answers = answers;
        this.presenter = presenter;
        this.limiter = limiter;
        this.runner = runner;
        this.turn = turn;
        this.completions = completions;
        this.remoteReaders = remoteReaders;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** The result of asking without a conversation. */
    public sealed interface AskResult {}

    /**
     * A turn was started.
     *
     * @param searched the collections that the answer may be from
     */
    public record TurnStarted(MessageId answer, TurnStream stream, Set<CollectionId> searched) implements AskResult {}

    /**
     * The answer was found in the cache of this process.
     *
     * @param searched the collections with the generations that the answer was cached under
     */
    public record AnswerFound(Answer answer, SearchableCollections searched) implements AskResult {}

    /**
     * Asks in a conversation. The turn goes on for a while after its last reader has gone.
     *
     * @param replaces an earlier question that this one replaces; its answer is generated anew and not taken from the cache. Null to append
     * @param filter which documents are searched
     * @param filterJson the filter as it is stored with the question, null without one
     * @throws dev.lectern.shared.LecternException {@code INVALID_REQUEST}, {@code NOT_FOUND}, {@code CONFLICT} while another answer of the conversation
     *     is generating, {@code TOO_MANY_REQUESTS}
     */
    public TurnStarted ask(
            Caller caller,
            ConversationId id,
            @Nullable String content,
            @Nullable MessageId replaces,
            SearchFilter filter,
            @Nullable String filterJson) {
        String question = QuestionValidator.validate(content, "content");
        Conversation conversation = conversations.find(caller, id);
        ReadableCollections readable = collections.readableBy(caller, conversation.collections());
        Permit permit = limiter.acquire();
        try {
            StartedTurn begun = turns.begin(caller, id, question, replaces, filterJson);
            MessageId answer = begun.answer();
            var request = new TurnRequest(
                    answer,
                    question,
                    history(begun, caller),
                    readable,
                    deadline(),
                    new ModelCallContext(Purpose.ANSWER, caller, id, null),
                    null,
                    replaces != null,
                    filter);
            var started = new TurnEvent.Started(answer, id, begun.question());
            TurnRecorder recorder = new TurnRecorder(answer, turns, answers, remoteReaders);
            return new TurnStarted(answer, runner.start(request, started, recorder, permit), readable.ids());
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    /**
     * Asks without a conversation. Nothing is stored, and only the caller can read the stream.
     *
     * @param wanted collections to search; empty for all that the caller may read
     * @param filter which documents are searched
     * @param complete whether the caller wants the complete answer and no stream
     */
    public AskResult ask(
            Caller caller,
            @Nullable String question,
            List<CollectionId> wanted,
            List<PastExchange> history,
            SearchFilter filter,
            boolean complete) {
        String text = QuestionValidator.validate(question, "question");
        SearchableCollections searched = collections.searchableBy(caller, wanted);
        MessageId id = new MessageId(ids.next());
        var request = new TurnRequest(
                id,
                text,
                history,
                searched.readable(),
                deadline(),
                ModelCallContext.of(Purpose.ANSWER, caller),
                searched.generations(),
                false,
                filter);
        Optional<End> cached = complete ? turn.findCached(request) : Optional.empty();
        if (cached.isPresent()) {
            Answer answer = cached.get().answer();
            completions.publish(AnswerCompleted.of(
                    answer, request.context(), request.collections().ids()));
            return new AnswerFound(answer, searched);
        }
        Permit permit = limiter.acquire();
        try {
            var started = new TurnEvent.Started(id, null, null);
            return new TurnStarted(
                    id,
                    runner.start(request, started, null, permit),
                    searched.readable().ids());
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    /**
     * Stops a turn at the request of its reader. Does nothing when the turn is over. The turn may run at any node.
     *
     * @throws dev.lectern.shared.LecternException {@code NOT_FOUND} unless it is a turn of one of the caller's conversations
     */
    public void stop(Caller caller, ConversationId conversation, MessageId id) {
        Message answer = messages.find(caller, conversation, id);
        if (!runner.stop(answer.id(), Cause.STOPPED) && answer.status() == Message.Status.GENERATING) {
            remoteReaders.requestStop(answer.id());
        }
    }

    /** Stops a turn without a conversation because its reader has gone. */
    public void abandon(MessageId answer) {
        runner.stop(answer, Cause.INTERRUPTED);
    }

    private Deadline deadline() {
        return Deadline.in(settings.timeout(), clock);
    }

    /** Leaves out answers whose documents changed: the model would repeat the old text. */
    private List<PastExchange> history(StartedTurn begun, Caller caller) {
        return begun.history().stream()
                .map(past -> new PastExchange(
                        past.question(),
                        presenter.findCurrentText(past.answer(), caller).orElse("")))
                .toList();
    }
}
