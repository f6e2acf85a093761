package dev.lectern.conversations;

import dev.lectern.shared.ConversationId;

/** Published after a conversation was deleted with its messages. Whoever still writes an answer for it should stop. */
public record ConversationDeletedEvent(ConversationId conversation) {}
