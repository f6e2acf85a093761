package dev.lectern.ingestion.parsing.formats.document;

import java.util.Locale;

/** Writes the numbers of lists and headings in digits, letters or Roman numerals. */
public final class NumberFormatter {
    private static final int MAX_ROMAN = 3_999;
    private static final String[] THOUSANDS = {"", "m", "mm", "mmm"};
    private static final String[] HUNDREDS = {"", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm"};
    private static final String[] TENS = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"};
    private static final String[] ONES = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};

    private NumberFormatter() {}

    /** @param kind as OpenDocument and HTML name it: a, A, i or I; any other means digits */
    public static String format(int value, String kind) {
        return switch (kind) {
            case "a" -> letter(value);
            case "A" -> letter(value).toUpperCase(Locale.ROOT);
            case "i" -> roman(value);
            case "I" -> roman(value).toUpperCase(Locale.ROOT);
            default -> String.valueOf(value);
        };
    }

    /** After z comes aa, then bb. A value without a letter is written in digits. */
    static String letter(int value) {
        if (value < 1) {
            return String.valueOf(value);
        }
        return String.valueOf((char) ('a' + (value - 1) % 26)).repeat(Math.min(10, (value - 1) / 26 + 1));
    }

    /** A value without a numeral is written in digits. */
    static String roman(int value) {
        if (value < 1 || value > MAX_ROMAN) {
            return String.valueOf(value);
        }
        return THOUSANDS[value / 1_000] + HUNDREDS[value / 100 % 10] + TENS[value / 10 % 10] + ONES[value % 10];
    }
}
