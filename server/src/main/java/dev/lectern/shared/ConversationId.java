package dev.lectern.shared;

/**
 * The opaque id of a conversation.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}; anything else is {@link ErrorCode#NOT_FOUND}, as no such id was ever given out
 */
public record ConversationId(String value) {
    public ConversationId {
        Ids.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
