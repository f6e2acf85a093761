package dev.lectern.shared;

/** The byte sequences of single characters in UTF-8, as Unicode defines them: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8Sequence {
    private static final int FIRST_OF_TWO = 0xC2;
    private static final int FIRST_OF_THREE = 0xE0;
    private static final int BEFORE_SURROGATES = 0xED;
    private static final int FIRST_OF_FOUR = 0xF0;
    private static final int LAST_OF_FOUR = 0xF4;

    private Utf8Sequence() {}

    /** The number of bytes of the character at this place; 0 when it is none. */
    static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first < FIRST_OF_TWO || first > LAST_OF_FOUR
                ? 0
                : first < FIRST_OF_THREE ? 2 : first < FIRST_OF_FOUR ? 3 : 4;
        if (length == 0 || at + length > bytes.length || !isSecond(first, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isSecond(int first, int second) {
        int lowest = first == FIRST_OF_THREE ? 0xA0 : first == FIRST_OF_FOUR ? 0x90 : 0x80;
        int highest = first == BEFORE_SURROGATES ? 0x9F : first == LAST_OF_FOUR ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }
}
