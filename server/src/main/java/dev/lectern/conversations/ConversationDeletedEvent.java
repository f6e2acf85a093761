package dev.lectern.conversations;

import dev.lectern.shared.ConversationId;

/** A conversation and all in it is gone; what still writes for it should stop. */
public record ConversationDeletedEvent(ConversationId conversation) {}
