package dev.lectern.shared;

/** The format of all ids. */
final class IdFormat {
    private static final int MAX_LENGTH = 128;
    private static final String PUNCTUATION = "._:-";

    private IdFormat() {}

    /** Accepts 1 to 128 ASCII letters, digits and {@value #PUNCTUATION}. No regular expression, since every found passage is checked. */
    static void requireWellFormed(String value) {
        if (!isWellFormed(value)) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "Nothing has this id. Use an id that the API has returned.");
        }
    }

    private static boolean isWellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            boolean letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
            if (!letter && !(one >= '0' && one <= '9') && PUNCTUATION.indexOf(one) < 0) {
                return false;
            }
        }
        return true;
    }
}
