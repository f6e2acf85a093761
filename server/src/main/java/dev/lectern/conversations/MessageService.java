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

/** Reads the messages of conversations and stores the feedback on answers. */
@Service
public final class MessageService {
    public static final int MAX_PAGE = 200;

    private final ConversationService conversationService;
    private final ConversationRepository conversationRepository;
    private final MessageRepository messages;

    MessageService(
            ConversationService conversationService,
            ConversationRepository conversationRepository,
            MessageRepository messages) {
        this.conversationService = conversationService;
        this.conversationRepository = conversationRepository;
        this.messages = messages;
    }

    /**
     * One page of a branch, the newest message first.
     *
     * @param before only the messages before this one, on its branch; null for the end of the branch
     * @param branch the newest branch that contains this message, instead of the current branch; ignored with {@code before}
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public Page<Message> page(
            Caller caller,
            ConversationId conversation,
            @Nullable MessageId before,
            @Nullable MessageId branch,
            int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw LecternException.invalid("limit", "The limit is 1 to " + MAX_PAGE + ", not " + limit + ".");
        }
        conversationService.find(caller, conversation);
        Optional<String> end = before == null ? endOf(conversation, branch) : parentOf(conversation, before);
        List<Message> found =
                end.map(id -> messages.path(conversation, id, limit)).orElse(List.of());
        boolean more = found.size() == limit && found.getLast().parent() != null;
        return new Page<>(found, more ? found.getLast().id().value() : null);
    }

    /** Finds a message of one of the caller's conversations. */
    public Message find(Caller caller, ConversationId conversation, MessageId id) {
        conversationService.find(caller, conversation);
        return messages.find(conversation, id.value()).orElseThrow(notFound());
    }

    /** Stores the caller's feedback on an answer, in place of earlier feedback. */
    public Feedback rate(Caller caller, MessageId id, Feedback feedback) {
        String comment = feedback.comment();
        if (comment != null && comment.length() > Feedback.MAX_COMMENT) {
            throw LecternException.invalid(
                    "comment",
                    "A comment has at most " + Feedback.MAX_COMMENT + " characters, this one has " + comment.length()
                            + ". Shorten it.");
        }
        if (!messages.isAnswerOf(caller.id(), id)) {
            throw notFound().get();
        }
        messages.saveFeedback(id, feedback);
        return feedback;
    }

    private Optional<String> endOf(ConversationId conversation, @Nullable MessageId branch) {
        return branch == null
                ? conversationRepository.head(conversation)
                : Optional.of(
                        messages.findNewestDescendant(conversation, branch).orElseThrow(notFound()));
    }

    private Optional<String> parentOf(ConversationId conversation, MessageId before) {
        Message message = messages.find(conversation, before.value()).orElseThrow(notFound());
        return Optional.ofNullable(message.parent()).map(MessageId::value);
    }

    static Supplier<LecternException> notFound() {
        return () -> new LecternException(
                ErrorCode.NOT_FOUND, "Message not found. Load the conversation again to see its messages.");
    }
}
