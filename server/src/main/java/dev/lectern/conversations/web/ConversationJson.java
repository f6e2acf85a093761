package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.shared.CollectionId;
import java.time.Instant;
import java.util.List;

/**
 * Questions and answers of one caller.
 *
 * @param title empty until the first question if none was given
 * @param collections ids of the collections that are searched; empty for all that the caller may read
 */
record ConversationJson(String id, String title, List<String> collections, Instant createdAt, Instant updatedAt) {

    static ConversationJson of(Conversation conversation) {
        return new ConversationJson(
                conversation.id().value(),
                conversation.title(),
                conversation.collections().stream().map(CollectionId::value).toList(),
                conversation.createdAt(),
                conversation.updatedAt());
    }
}
