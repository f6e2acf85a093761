package dev.lectern.http;

import dev.lectern.shared.LecternException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Encodes the start of a page of a list as an opaque text. */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";
    private static final int MAX_LENGTH = 1024;

    private Cursor() {}

    /** Encodes the sort values of the last item of a page; none may contain the control character U+001F. */
    public static String of(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes the values that {@link #of} encoded.
     *
     * @param parts expected number of values
     * @throws LecternException {@code INVALID_REQUEST} when the cursor is malformed or has another number of values
     */
    public static List<String> parts(String cursor, int parts) {
        if (cursor.length() > MAX_LENGTH) {
            throw invalidCursor();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> values = List.of(text.split(SEPARATOR, -1));
            if (values.size() != parts) {
                throw invalidCursor();
            }
            return values;
        } catch (IllegalArgumentException notBase64) {
            throw invalidCursor();
        }
    }

    private static LecternException invalidCursor() {
        return LecternException.invalid(
                "cursor", "The cursor is invalid. Use `next` of the previous page, or omit the cursor.");
    }
}
