package dev.lectern.conversations;

import dev.lectern.http.Cursor;
import dev.lectern.shared.LecternException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in the list of conversations, after which a page begins. */
record ConversationCursor(long updatedAt, String id) {
    private static final ConversationCursor START = new ConversationCursor(Long.MAX_VALUE, "");

    static ConversationCursor of(Conversation conversation) {
        return new ConversationCursor(
                conversation.updatedAt().toEpochMilli(), conversation.id().value());
    }

    /** @param cursor null or empty for the start of the list */
    static ConversationCursor of(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return START;
        }
        List<String> parts = Cursor.parts(cursor, 2);
        try {
            return new ConversationCursor(Long.parseLong(parts.getFirst()), parts.getLast());
        } catch (NumberFormatException ofAnotherList) {
            throw LecternException.invalid(
                    "cursor", "Take the cursor from `next` of the page before, or leave it out.");
        }
    }

    String cursor() {
        return Cursor.of(Long.toString(updatedAt), id);
    }
}
