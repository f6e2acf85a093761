package dev.lectern.conversations;

import dev.lectern.http.Cursor;
import dev.lectern.shared.LecternException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in the list of conversations, after which a page begins. */
record Place(long updatedAt, String id) {
    private static final Place START = new Place(Long.MAX_VALUE, "");

    static Place of(Conversation conversation) {
        return new Place(
                conversation.updatedAt().toEpochMilli(), conversation.id().value());
    }

    /** @param cursor null or empty for the start of the list */
    static Place of(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return START;
        }
        List<String> parts = Cursor.parts(cursor, 2);
        try {
            return new Place(Long.parseLong(parts.getFirst()), parts.getLast());
        } catch (NumberFormatException ofAnotherList) {
            throw LecternException.invalid(
                    "cursor", "Take the cursor from `next` of the page before, or leave it out.");
        }
    }

    String cursor() {
        return Cursor.of(Long.toString(updatedAt), id);
    }
}
