package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import java.time.Instant;
import java.util.List;

/**
 * What one reader asked and got.
 *
 * @param title of the first question until it is renamed; empty before the first question
 * @param collections that are searched; empty means all that its owner may read
 * @param updatedAt when it was last asked or renamed
 */
public record Conversation(
        ConversationId id, String title, List<CollectionId> collections, Instant createdAt, Instant updatedAt) {
    public Conversation {
        collections = List.copyOf(collections);
    }
}
