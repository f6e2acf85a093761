package dev.lectern.retrieval.ranking;

/**
 * Finds runs of letters, digits and marks. By hand rather than by a regular expression, as every passage of every question is looked through: it takes a
 * fifth of the time.
 */
final class WordRuns {
    private static final int IN_WORDS = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.DECIMAL_DIGIT_NUMBER
            | 1 << Character.LETTER_NUMBER
            | 1 << Character.OTHER_NUMBER
            | 1 << Character.NON_SPACING_MARK
            | 1 << Character.ENCLOSING_MARK
            | 1 << Character.COMBINING_SPACING_MARK;

    /** Thai is the first of the scripts without spaces between words. */
    private static final int FIRST_WITHOUT_SPACES = 0x0E00;

    private WordRuns() {}

    /** Gets one run. */
    interface Reader {
        /**
         * @param start UTF-16 units
         * @param end exclusive
         */
        void run(int start, int end);
    }

    static void read(String text, Reader reader) {
        int start = -1;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if ((IN_WORDS & 1 << Character.getType(character)) != 0) {
                start = start < 0 ? at : start;
            } else if (start >= 0) {
                reader.run(start, at);
                start = -1;
            }
            at += Character.charCount(character);
        }
        if (start >= 0) {
            reader.run(start, text.length());
        }
    }

    /** False for a word of scripts that put spaces between words, without looking further. */
    static boolean mayBeDense(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (mayStandAlone(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** False for letters of scripts that put spaces between words, without looking further. */
    static boolean mayStandAlone(int character) {
        return character >= FIRST_WITHOUT_SPACES;
    }
}
