package dev.lectern.shared;

final class Ids {
    private static final int LONGEST = 128;
    private static final String SIGNS = "._:-";

    private Ids() {}

    /** One to 128 Latin letters, digits and {@value #SIGNS}. By hand, as every passage that is found has one. */
    static void requireWellFormed(String value) {
        if (!isWellFormed(value)) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "There is nothing with this id. Take ids from an answer of the API.");
        }
    }

    private static boolean isWellFormed(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            boolean letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
            if (!letter && !(one >= '0' && one <= '9') && SIGNS.indexOf(one) < 0) {
                return false;
            }
        }
        return true;
    }
}
