package dev.lectern.conversations;

import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question or an answer, as it was given.
 *
 * @param parent what it follows: of an answer its question, of a question the answer before it or null
 * @param content of a question what was asked, of an answer what was written so far
 * @param answer the whole answer as JSON, null for questions and until it is finished
 * @param branches of a question: all that were asked in this place, oldest first, itself among them; empty when it is the only one
 * @param feedback of the owner on an answer
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
        @Nullable Feedback feedback) {

    public enum Role {
        QUESTION,
        ANSWER
    }

    /** How far an answer is; a question is always complete. */
    public enum Status {
        GENERATING,
        COMPLETE,
        /** Its reader or its server went away, or it was stopped; what was written until then is kept. */
        INTERRUPTED,
        FAILED
    }

    public Message {
        branches = List.copyOf(branches);
    }
}
