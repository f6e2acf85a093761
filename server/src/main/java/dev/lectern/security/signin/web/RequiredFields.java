package dev.lectern.security.signin.web;

import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/** Fields that a request must have. */
final class RequiredFields {
    private RequiredFields() {}

    /** @throws LecternException INVALID_REQUEST unless it has any characters */
    static String text(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw missing(field);
        }
        return value;
    }

    /** @throws LecternException INVALID_REQUEST for null */
    static <T> T value(String field, @Nullable T value) {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private static LecternException missing(String field) {
        return LecternException.invalid(field, "The field `" + field + "` is missing. Send it.");
    }
}
