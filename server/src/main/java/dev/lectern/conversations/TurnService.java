package dev.lectern.conversations;

import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.Message.Status;
import dev.lectern.conversations.StartedTurn.PastTurn;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the questions of conversations and the answers to them while they are generated. For the module that generates answers. */
@Service
public final class TurnService {
    /** Maximum number of past turns that are returned with a new one. */
    public static final int MAX_HISTORY = 10;

    private final ConversationService conversationService;
    private final ConversationRepository conversationRepository;
    private final MessageRepository messages;
    private final TurnRepository turns;
    private final TransactionTemplate transaction;
    private final IdGenerator ids;
    private final Clock clock;

    TurnService(
            ConversationService conversationService,
            ConversationRepository conversationRepository,
            MessageRepository messages,
            TurnRepository turns,
            TransactionTemplate transaction,
            IdGenerator ids,
            Clock clock) {
        this.conversationService = conversationService;
        this.conversationRepository = conversationRepository;
        this.messages = messages;
        this.turns = turns;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores a question with an empty answer in the status {@code generating}. The question goes to the end of the current branch, or starts
     * a new branch beside an earlier question. Its branch becomes the current one.
     *
     * @param replaces an earlier question of this conversation that the new one replaces; null to append
     * @param filter which documents it is asked to, as JSON that is returned with the question; null for all
     * @throws LecternException {@code NOT_FOUND} when the caller has no such conversation, {@code CONFLICT} while another answer of the conversation is
     *     generating, {@code INVALID_REQUEST} when {@code replaces} is no question of the conversation
     */
    public StartedTurn begin(
            Caller caller,
            ConversationId conversation,
            String question,
            @Nullable MessageId replaces,
            @Nullable String filter) {
        try {
            return Objects.requireNonNull(
                    transaction.execute(_ -> beginInTransaction(caller, conversation, question, replaces, filter)));
        } catch (DataIntegrityViolationException concurrentTurn) {
            throw busy();
        }
    }

    /** Stores a question to all documents. */
    public StartedTurn begin(
            Caller caller, ConversationId conversation, String question, @Nullable MessageId replaces) {
        return begin(caller, conversation, question, replaces, null);
    }

    /** Stores the text that was written so far. Returns false when the answer is no longer generating or its conversation was deleted. */
    public boolean saveProgress(MessageId answer, String text) {
        return turns.saveProgress(answer, text);
    }

    /**
     * Stores a complete answer.
     *
     * @param status the final status, not {@code GENERATING}
     * @param json the whole answer as JSON
     * @param outcome stored in columns of its own
     * @return false, without a change, when the answer is no longer generating or was deleted
     */
    public boolean finish(MessageId answer, Status status, String text, String json, AnswerOutcome outcome) {
        return turns.finish(answer, status, text, json, outcome);
    }

    /** Whether the message is still there; false after its conversation was deleted. */
    public boolean exists(MessageId message) {
        return turns.exists(message);
    }

    /**
     * Completes up to {@code limit} answers of older versions with their outcome, in one transaction.
     *
     * @param outcomes reads the outcome of an answer
     * @return how many were found; fewer than {@code limit} when there are no more
     */
    public int completeOutcomes(int limit, Function<AnswerWithoutOutcome, AnswerOutcome> outcomes) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            List<AnswerWithoutOutcome> found = turns.findWithoutOutcome(limit);
            found.forEach(answer -> turns.setOutcome(answer.answer(), outcomes.apply(answer)));
            return found.size();
        }));
    }

    /** Marks the generating answers of dead nodes as interrupted, and returns them. */
    public List<InterruptedAnswer> interruptOrphanedAnswers() {
        return turns.interruptOrphanedAnswers();
    }

    /**
     * Those of the answers that are still generating.
     *
     * @param answers at most 1,000
     */
    public Set<MessageId> findGenerating(Collection<MessageId> answers) {
        return turns.findGenerating(answers);
    }

    private StartedTurn beginInTransaction(
            Caller caller,
            ConversationId conversation,
            String question,
            @Nullable MessageId replaces,
            @Nullable String filter) {
        Instant now = clock.instant();
        if (!conversationRepository.updateTime(caller.id(), conversation, now)) {
            throw ConversationService.notFound().get();
        }
        if (turns.isGenerating(conversation)) {
            throw busy();
        }
        String parent = replaces == null
                ? conversationRepository.head(conversation).orElse(null)
                : parentOf(conversation, replaces);
        var questionId = new MessageId(ids.next());
        var answerId = new MessageId(ids.next());
        turns.insertQuestion(questionId, conversation, parent, question, filter, now);
        turns.insertAnswer(answerId, conversation, questionId, now);
        conversationRepository.setHead(conversation, answerId.value());
        Conversation found = conversationService.find(caller, conversation);
        if (found.title().isEmpty()) {
            conversationService.rename(caller, conversation, TitleGenerator.of(question));
        }
        return new StartedTurn(
                conversation, questionId, answerId, now, found.collections(), history(conversation, parent));
    }

    private @Nullable String parentOf(ConversationId conversation, MessageId replaces) {
        Message replaced = messages.find(conversation, replaces.value())
                .filter(message -> message.role() == Role.QUESTION)
                .orElseThrow(
                        () -> LecternException.invalid(
                                "replaces",
                                "This conversation has no question with this id. Load the conversation again and take the id of one of its questions."));
        return replaced.parent() == null ? null : replaced.parent().value();
    }

    private List<PastTurn> history(ConversationId conversation, @Nullable String end) {
        if (end == null) {
            return List.of();
        }
        List<Message> path = messages.path(conversation, end, 2 * MAX_HISTORY).reversed();
        List<PastTurn> history = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i += 2) {
            history.add(new PastTurn(path.get(i).content(), path.get(i + 1)));
        }
        return history;
    }

    private static LecternException busy() {
        return new LecternException(
                ErrorCode.CONFLICT,
                "An answer of this conversation is still being written. Wait for its end or stop it, then ask again.");
    }
}
