package dev.lectern.conversations;

import dev.lectern.conversations.StartedTurn.PastTurn;
import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps questions and the answers that are written to them; used by whoever answers. */
@Service
public final class TurnService {
    /** Most past turns that are given with a new one. */
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
     * Keeps a question at the end of the present branch, or in place of an earlier one, with an answer that is generating. From now on this is the
     * present branch.
     *
     * @param replaces an earlier question of this conversation
     * @throws LecternException {@code CONFLICT} while another answer of the conversation is being written
     */
    public StartedTurn begin(Caller caller, ConversationId conversation, String question, @Nullable MessageId replaces) {
        try {
            return Objects.requireNonNull(
                    transaction.execute(_ -> beginInside(caller, conversation, question, replaces)));
        } catch (DataIntegrityViolationException anotherWasQuicker) {
            throw busy();
        }
    }

    /** Keeps what was written so far. False when the answer is not being written any more, or its conversation is gone. */
    public boolean progress(MessageId answer, String text) {
        return turns.progress(answer, text);
    }

    /**
     * Ends an answer.
     *
     * @param status not generating
     * @param json the whole answer
     * @return false when it had ended before or is gone; nothing is changed then
     */
    public boolean finish(MessageId answer, Status status, String text, String json) {
        return turns.finish(answer, status, text, json);
    }

    /** Marks as interrupted what nodes were writing that no longer live, and says how many answers that were. */
    public int interruptOrphans() {
        return turns.interruptOrphans();
    }

    private StartedTurn beginInside(
            Caller caller, ConversationId conversation, String question, @Nullable MessageId replaces) {
        Instant now = clock.instant();
        if (!conversationRepository.touch(caller.id(), conversation, now)) {
            throw ConversationService.notFound().get();
        }
        if (turns.isGenerating(conversation)) {
            throw busy();
        }
        String parent =
                replaces == null ? conversationRepository.head(conversation).orElse(null) : placeOf(conversation, replaces);
        var questionId = new MessageId(ids.next());
        var answerId = new MessageId(ids.next());
        turns.insertQuestion(questionId, conversation, parent, question, now);
        turns.insertAnswer(answerId, conversation, questionId, now);
        conversationRepository.setHead(conversation, answerId.value());
        Conversation found = conversationService.find(caller, conversation);
        if (found.title().isEmpty()) {
            conversationService.rename(caller, conversation, TitleGenerator.of(question));
        }
        return new StartedTurn(
                conversation, questionId, answerId, now, found.collections(), history(conversation, parent));
    }

    private @Nullable String placeOf(ConversationId conversation, MessageId replaces) {
        Message replaced = messages.find(conversation, replaces.value())
                .filter(message -> message.role() == Role.QUESTION)
                .orElseThrow(() -> LecternException.invalid(
                        "replaces", "There is no such question in this conversation. Load it again."));
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
                "An answer of this conversation is still being written. Wait for it, or stop it, then ask again.");
    }
}
