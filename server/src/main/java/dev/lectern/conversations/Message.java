package dev.lectern.conversations;

import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question or an answer of a conversation, as it was stored.
 *
 * @param parent the message before this one: of an answer its question, of a question the previous answer or null
 * @param content of a question its text, of an answer the text that was written so far
 * @param answer the whole answer as JSON, null for questions and until it is finished
 * @param branches of a question: all questions with the same parent, oldest first, this one included; empty when it is the only one
 * @param feedback of the owner on an answer; null when there is none
 * @param filter of a question: which documents it was asked to, as JSON; null for all
 */
public record Message(
        MessageId id,
        ConversationId conversation,
        @Nullable MessageId parent,
        Role role,
        Status status,
        Instant createdAt,
        String content,
        @Nullable String answer,
        List<MessageId> branches,
        @Nullable Feedback feedback,
        @Nullable String filter) {

    public enum Role {
        QUESTION,
        ANSWER
    }

    /** The state of an answer. A question is always complete. */
    public enum Status {
        GENERATING,
        COMPLETE,
        /** Its reader or its server went away, or it was stopped. The text that was written until then is stored. */
        INTERRUPTED,
        FAILED
    }

    public Message {
        branches = List.copyOf(branches);
    }
}
