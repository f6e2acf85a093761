package dev.lectern.library;

import dev.lectern.shared.LecternException;
import dev.lectern.text.VisibleText;

/**
 * The name of a collection, which need not be unique.
 *
 * @param value 1 to 80 visible characters; others are removed
 */
public record CollectionName(String value) {
    private static final int MAX_LENGTH = 80;

    /** @throws LecternException INVALID_REQUEST when it has more or fewer visible characters */
    public CollectionName {
        value = VisibleText.toName(value);
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_LENGTH) {
            throw LecternException.invalid(
                    "name",
                    "The name has " + length + " visible characters. Give one of 1 to " + MAX_LENGTH + " characters.");
        }
    }
}
