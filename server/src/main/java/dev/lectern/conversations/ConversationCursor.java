package dev.lectern.conversations;

import dev.lectern.http.Cursor;
import dev.lectern.shared.LecternException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The position in the list of conversations after which a page begins. */
record ConversationCursor(long updatedAt, String id) {
    private static final ConversationCursor START = new ConversationCursor(Long.MAX_VALUE, "");

    static ConversationCursor of(Conversation conversation) {
        return new ConversationCursor(
                conversation.updatedAt().toEpochMilli(), conversation.id().value());
    }

    /** @param cursor as a client sent it; null or empty for the start of the list */
    static ConversationCursor parse(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return START;
        }
        List<String> parts = Cursor.parts(cursor, 2);
        try {
            return new ConversationCursor(Long.parseLong(parts.getFirst()), parts.getLast());
        } catch (NumberFormatException foreignCursor) {
            throw LecternException.invalid(
                    "cursor",
                    "The cursor is not one of this list. Take it from `next` of the previous page, or leave it out.");
        }
    }

    String encode() {
        return Cursor.of(Long.toString(updatedAt), id);
    }
}
