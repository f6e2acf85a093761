package dev.lectern.http;

import dev.lectern.shared.LecternException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Encodes the start of a page of a list as an opaque text with a checksum, so that a text that is no cursor is refused instead of taken for one. */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";
    /** Paths of files are sort values, and have up to 4,096 bytes. Request lines have up to 8,192. */
    private static final int MAX_LENGTH = 6_000;

    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private Cursor() {}

    /** Encodes the sort values of the last item of a page; none may contain the control character U+001F. */
    public static String of(String... parts) {
        byte[] text = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
        byte[] encoded = ByteBuffer.allocate(CHECKSUM_BYTES + text.length)
                .putInt(checksum(text))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(encoded);
    }

    /**
     * The cursor after an item of a list that is sorted by the ids of its items.
     *
     * @param list name of the list
     * @param last id of the last item of the page; null for the last page
     */
    public static @Nullable String after(String list, @Nullable String last) {
        return last == null ? null : of(list, last);
    }

    /**
     * Decodes a cursor of {@link #after}.
     *
     * @param cursor as a client sent it; null or empty for the start of the list
     * @return id of the last item of the page before; null for the start
     * @throws LecternException {@code INVALID_REQUEST} when the cursor is malformed or of another list
     */
    public static @Nullable String itemOf(String list, @Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        List<String> parts = parts(cursor, 2);
        if (!parts.getFirst().equals(list)) {
            throw invalidCursor();
        }
        return parts.getLast();
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
        byte[] encoded;
        try {
            encoded = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            throw invalidCursor();
        }
        if (encoded.length < CHECKSUM_BYTES) {
            throw invalidCursor();
        }
        byte[] text = Arrays.copyOfRange(encoded, CHECKSUM_BYTES, encoded.length);
        List<String> values = List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1));
        if (ByteBuffer.wrap(encoded).getInt() != checksum(text) || values.size() != parts) {
            throw invalidCursor();
        }
        return values;
    }

    private static int checksum(byte[] text) {
        CRC32 checksum = new CRC32();
        checksum.update(text);
        return (int) checksum.getValue();
    }

    private static LecternException invalidCursor() {
        return LecternException.invalid(
                "cursor", "The cursor is invalid. Use `next` of the previous page, or omit the cursor.");
    }
}
