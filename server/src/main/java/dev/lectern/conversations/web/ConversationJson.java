package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.shared.CollectionId;
import java.time.Instant;
import java.util.List;

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
