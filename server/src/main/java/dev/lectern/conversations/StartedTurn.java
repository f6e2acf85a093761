package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import java.util.List;

/**
 * A stored question with the id of its answer, which is generating.
 *
 * @param collections of the conversation; empty for all collections that the caller may read
 * @param history the turns before it on its branch, oldest first, at most {@value TurnService#MAX_HISTORY}
 */
public record StartedTurn(
        ConversationId conversation,
        MessageId question,
        MessageId answer,
        Instant createdAt,
        List<CollectionId> collections,
        List<PastTurn> history) {

    /** A question with its answer, complete or not. */
    public record PastTurn(String question, Message answer) {}

    public StartedTurn {
        collections = List.copyOf(collections);
        history = List.copyOf(history);
    }
}
