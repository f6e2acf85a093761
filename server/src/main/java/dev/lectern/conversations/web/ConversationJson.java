package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.shared.CollectionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions and answers of one caller.
 *
 * @param title empty until the first question if none was given
 * @param collections ids of the collections that are searched; empty for all that the caller may read
 * @param expiresAt when it is deleted unless another question is asked, as settings are now; absent when it is kept for ever
 */
record ConversationJson(
        String id,
        String title,
        List<String> collections,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt) {

    /** As it is exported, without what the server makes of it. */
    static ConversationJson of(Conversation conversation) {
        return of(conversation, null);
    }

    static ConversationJson of(Conversation conversation, @Nullable Instant expiresAt) {
        return new ConversationJson(
                conversation.id().value(),
                conversation.title(),
                conversation.collections().stream().map(CollectionId::value).toList(),
                conversation.createdAt(),
                conversation.updatedAt(),
                expiresAt);
    }
}
