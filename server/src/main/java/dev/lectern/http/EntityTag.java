package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of something that people change (RFC 9110). It stands for what they can change, such as a name or tags, and not for numbers that change by
 * themselves. A client sends it as {@code If-Match} with a change, so that it overwrites no change that it has not seen. Without the header every change is
 * made.
 */
public final class EntityTag {
    private static final int LENGTH = 16;
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t]*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(?:,|$)");

    private EntityTag() {}

    /**
     * The tag of a state.
     *
     * @param parts values with the same {@code toString} on every node, or null
     */
    public static String of(@Nullable Object... parts) {
        Sha256 hash = new Sha256();
        for (Object part : parts) {
            byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            hash.update(text.length + ":").update(text);
        }
        return '"' + hash.hex().substring(0, LENGTH) + '"';
    }

    /**
     * Checks the header {@code If-Match} of a change.
     *
     * @param ifMatch its value, {@code *} or entity tags parted by commas; null without the header
     * @param current the tag of the present state
     * @throws LecternException PRECONDITION_FAILED if no tag is the current one; INVALID_REQUEST if the value is malformed
     */
    public static void requireMatch(@Nullable String ifMatch, String current) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        if (!read(ifMatch).contains(current)) {
            throw new LecternException(
                    ErrorCode.PRECONDITION_FAILED,
                    "It was changed since the `ETag` in `If-Match` was sent; the present one is " + current
                            + ". Read it again, and repeat the change if it is still right.");
        }
    }

    /** Adds the tag to a response. Not by a {@code ResponseEntity}: Spring would then answer {@code If-None-Match} with 304 although numbers have changed. */
    public static void write(String tag, HttpServletResponse response) {
        response.setHeader("ETag", tag);
    }

    /** The strong tags of a header; weak ones match nothing (RFC 9110, 13.1.1). */
    private static List<String> read(String header) {
        Matcher tags = TAG.matcher(header);
        List<String> strong = new ArrayList<>();
        int end = 0;
        while (end < header.length() && tags.find()) {
            end = tags.end();
            if (tags.group(1) == null) {
                strong.add(tags.group(2));
            }
        }
        if (header.isBlank() || end < header.length()) {
            throw LecternException.invalid(
                    "If-Match",
                    "The header `If-Match` is no list of entity tags. Send the `ETag` of a response with its quotes, or *.");
        }
        return strong;
    }
}
