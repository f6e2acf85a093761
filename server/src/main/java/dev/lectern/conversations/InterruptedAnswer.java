package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.util.List;

/**
 * An answer whose server stopped while it was written.
 *
 * @param owner id of the caller whose conversation it is
 * @param collections of the conversation; empty for all that the owner may read
 */
public record InterruptedAnswer(
        MessageId answer, ConversationId conversation, String owner, List<CollectionId> collections) {
    public InterruptedAnswer {
        collections = List.copyOf(collections);
    }
}
