package dev.lectern.security;

import dev.lectern.http.CallerAttribute;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Whom a program asks for: its own name for a person, of 1 to {@value #MAX_LENGTH} visible characters, in the header {@value #HEADER} or in the body of the request.
 * In the header, characters beyond ASCII and {@code %} are percent-encoded as UTF-8.
 */
public final class EndUser {
    /** The header of a request. */
    public static final String HEADER = "Lectern-End-User";

    private static final String FIELD = "endUser";
    private static final int MAX_LENGTH = 128;

    private EndUser() {}

    /**
     * The caller of a request whose body may name an end user; it is that of the request from then on.
     *
     * @param named the field of the body; null if it has none
     * @throws LecternException INVALID_REQUEST if the caller is no API key, the name is malformed, or the header has another one
     */
    public static Caller named(Caller caller, @Nullable String named, HttpServletRequest request) {
        if (named == null) {
            return caller;
        }
        if (!(caller instanceof Caller.ApiKey key)) {
            throw refusal(FIELD);
        }
        requireVisible(FIELD, named);
        if (key.endUser() != null && !key.endUser().equals(named)) {
            throw LecternException.invalid(
                    FIELD, "The field `endUser` and the header `" + HEADER + "` differ. Send one of them.");
        }
        Caller user = new Caller.ApiKey(key.key(), named, key.scopes(), key.collections(), key.owner());
        CallerAttribute.put(request, user);
        return user;
    }

    /**
     * The end user of the header.
     *
     * @return null without the header
     * @throws LecternException INVALID_REQUEST if it is malformed
     */
    public static @Nullable String ofHeader(HttpServletRequest request) {
        String encoded = request.getHeader(HEADER);
        if (encoded == null) {
            return null;
        }
        String name;
        try {
            name = StringUtils.uriDecode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw LecternException.invalid(
                    HEADER, "The header `" + HEADER + "` has a % that encodes nothing. Write a % of the name as %25.");
        }
        requireVisible(HEADER, name);
        return name;
    }

    /** Refuses the header of a caller who is no API key. */
    static void requireNone(HttpServletRequest request) {
        if (request.getHeader(HEADER) != null) {
            throw refusal(HEADER);
        }
    }

    /** Whether a text has only characters that people see. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(one -> switch (Character.getType(one)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> one == '\uFFFD';
        });
    }

    private static void requireVisible(String field, String name) {
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > MAX_LENGTH || !isVisible(name) || !name.equals(name.strip())) {
            throw LecternException.invalid(
                    field,
                    "The name of the end user must have 1 to " + MAX_LENGTH
                            + " visible characters, without spaces around it.");
        }
    }

    private static LecternException refusal(String field) {
        return LecternException.invalid(
                field, "Only programs with an API key can name an end user. Leave `" + field + "` out.");
    }
}
