package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.NumberFormatter;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts the numbers of the paragraphs of one shape of a slide, which the file does not hold as text. */
final class SlideNumbering {
    private static final int LEVELS = 9;

    private final int[] next = new int[LEVELS];
    private final String[] kinds = new String[LEVELS];

    SlideNumbering() {
        Arrays.fill(kinds, "");
    }

    /**
     * The number of the next paragraph, such as "2." or "(b)"; empty when it has none, which ends the lists of its level.
     *
     * @param numbers the element {@code buAutoNum} of the paragraph; null when it has none
     * @param level from 0 to 8
     */
    String next(int level, @Nullable XmlElement numbers) {
        Arrays.fill(kinds, level + 1, LEVELS, "");
        String kind = numbers == null ? "" : numbers.attribute("type") + " " + numbers.attribute("startAt");
        if (!kind.equals(kinds[level])) {
            kinds[level] = kind;
            next[level] = numbers == null ? 1 : Math.clamp(numbers.number("startAt", 1), 1, 32_767);
        }
        return numbers == null ? "" : label(next[level]++, numbers.attribute("type"));
    }

    private static String label(int value, String type) {
        String letters = type.startsWith("alphaLc")
                ? "a"
                : type.startsWith("alphaUc")
                        ? "A"
                        : type.startsWith("romanLc") ? "i" : type.startsWith("romanUc") ? "I" : "1";
        String number = NumberFormatter.format(value, letters);
        if (type.endsWith("ParenBoth")) {
            return "(" + number + ")";
        }
        return number + (type.endsWith("ParenR") ? ")" : type.endsWith("Period") ? "." : "");
    }
}
