package dev.lectern.security.accounts;

import dev.lectern.shared.LecternException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of people and groups, folded so that two that look alike are the same: NFKC and lower case. */
public final class AccountName {
    private static final int MAX_LENGTH = 100;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+ -]*");

    private AccountName() {}

    /** The form of a name that is compared and stored. */
    public static String fold(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /**
     * The folded form of a new name.
     *
     * @param field of the request, for the error
     * @throws LecternException INVALID_REQUEST unless it has 1 to {@value #MAX_LENGTH} letters, digits and the characters . _ @ + - and space, and begins with a letter or digit
     */
    public static String require(String field, String name) {
        String folded = fold(name);
        if (folded.length() > MAX_LENGTH || !NAME.matcher(folded).matches()) {
            throw LecternException.invalid(
                    field,
                    "The name must have 1 to " + MAX_LENGTH
                            + " letters, digits, spaces and the characters . _ @ + - and begin with a letter or digit.");
        }
        return folded;
    }
}
