package dev.lectern.conversations;

import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The messages of conversations, to read. */
@Service
public final class MessageService {
    public static final int MAX_PAGE = 200;

    private final ConversationService conversationService;
    private final ConversationRepository conversationRepository;
    private final MessageRepository messages;

    MessageService(ConversationService conversationService, ConversationRepository conversationRepository, MessageRepository messages) {
        this.conversationService = conversationService;
        this.conversationRepository = conversationRepository;
        this.messages = messages;
    }

    /**
     * One branch, newest first.
     *
     * @param before only what comes before this message, on its branch
     * @param branch shows the newest branch that holds this message instead of the present one; not looked at with {@code before}
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public Page<Message> page(
            Caller caller,
            ConversationId conversation,
            @Nullable MessageId before,
            @Nullable MessageId branch,
            int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw LecternException.invalid("limit", "The limit is 1 to " + MAX_PAGE + ".");
        }
        conversationService.find(caller, conversation);
        Optional<String> end = before == null ? end(conversation, branch) : parent(conversation, before);
        List<Message> found =
                end.map(id -> messages.path(conversation, id, limit)).orElse(List.of());
        boolean more = found.size() == limit && found.getLast().parent() != null;
        return new Page<>(found, more ? found.getLast().id().value() : null);
    }

    /** A message of a conversation of the caller. */
    public Message find(Caller caller, ConversationId conversation, MessageId id) {
        conversationService.find(caller, conversation);
        return messages.find(conversation, id.value()).orElseThrow(notFound());
    }

    /** Keeps what the caller thinks of an answer in place of what he thought before. */
    public Feedback rate(Caller caller, MessageId id, Feedback feedback) {
        String comment = feedback.comment();
        if (comment != null && comment.length() > Feedback.MAX_COMMENT) {
            throw LecternException.invalid(
                    "comment", "A comment has at most " + Feedback.MAX_COMMENT + " characters. Shorten it.");
        }
        if (!messages.isAnswerOf(caller.id(), id)) {
            throw notFound().get();
        }
        messages.rate(id, feedback);
        return feedback;
    }

    private Optional<String> end(ConversationId conversation, @Nullable MessageId branch) {
        return branch == null
                ? conversationRepository.head(conversation)
                : Optional.of(messages.newestBelow(conversation, branch).orElseThrow(notFound()));
    }

    private Optional<String> parent(ConversationId conversation, MessageId before) {
        Message message = messages.find(conversation, before.value()).orElseThrow(notFound());
        return Optional.ofNullable(message.parent()).map(MessageId::value);
    }

    static Supplier<LecternException> notFound() {
        return () -> new LecternException(
                ErrorCode.NOT_FOUND, "There is no such message. Load the conversation again to see what is there.");
    }
}
