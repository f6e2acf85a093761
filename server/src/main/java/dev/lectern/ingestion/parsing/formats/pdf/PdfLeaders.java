package dev.lectern.ingestion.parsing.formats.pdf;

import org.jspecify.annotations.Nullable;

/**
 * A line whose two parts are joined by leaders, such as {@code Timing belt ....... 96}.
 *
 * @param item at the left of the leaders, not empty
 * @param value at their right, not empty
 */
record PdfLeaders(String item, String value) {
    private static final String LEADERS = ".·…_";
    private static final int MIN_LEADERS = 4;

    /** The parts of a line; null if it has no leaders. */
    static @Nullable PdfLeaders of(String line) {
        int count = 0;
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (LEADERS.indexOf(character) >= 0) {
                start = count == 0 ? i : start;
                count += character == '…' ? 3 : 1;
            } else if (character != ' ') {
                if (count >= MIN_LEADERS) {
                    String item = line.substring(0, start).strip();
                    return item.isEmpty()
                            ? null
                            : new PdfLeaders(item, line.substring(i).strip());
                }
                count = 0;
            }
        }
        return null;
    }
}
