package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import java.time.Instant;
import java.util.List;

/**
 * A series of questions of one reader and the answers to them.
 *
 * @param title made from the first question until the conversation is renamed; empty before the first question
 * @param collections that are searched; empty for all collections that its owner may read
 * @param updatedAt time of the last question or renaming
 */
public record Conversation(
        ConversationId id, String title, List<CollectionId> collections, Instant createdAt, Instant updatedAt) {
    public Conversation {
        collections = List.copyOf(collections);
    }
}
