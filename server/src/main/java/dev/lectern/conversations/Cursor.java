package dev.lectern.conversations;

import dev.lectern.shared.LecternException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the list of conversations, opaque to clients. */
record Cursor(long updatedAt, String id) {
    /** Before the newest of all. */
    static final Cursor START = new Cursor(Long.MAX_VALUE, "");

    static Cursor parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return START;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            return new Cursor(Long.parseLong(parts[0]), parts[parts.length - 1]);
        } catch (IllegalArgumentException e) {
            throw LecternException.invalid(
                    "cursor", "The cursor is not one of this list. Take it from the field next of the page before.");
        }
    }

    String text() {
        byte[] bytes = (updatedAt + " " + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
