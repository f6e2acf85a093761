package dev.lectern.http;

import dev.lectern.shared.LecternException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where a page of a list begins, as an opaque text for clients. */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";
    private static final int LONGEST = 1024;

    private Cursor() {}

    /** A cursor of the sort values of the last item shown, none of which holds the control character U+001F. */
    public static String of(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The values that {@link #of} was given.
     *
     * @param parts how many there must be
     * @throws LecternException {@code INVALID_REQUEST} when the cursor was not made by {@link #of} with as many parts
     */
    public static List<String> parts(String cursor, int parts) {
        if (cursor.length() > LONGEST) {
            throw notOurs();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> values = List.of(text.split(SEPARATOR, -1));
            if (values.size() != parts) {
                throw notOurs();
            }
            return values;
        } catch (IllegalArgumentException notBase64) {
            throw notOurs();
        }
    }

    private static LecternException notOurs() {
        return LecternException.invalid("cursor", "Take the cursor from `next` of the page before, or leave it out.");
    }
}
