package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.text.CharacterWidth;
import java.util.List;

/** Columns of tables drawn in text, where a Chinese or Japanese character is as wide as two others and an accent has no width. */
final class TextColumns {
    /** Stands behind a wide character, in the column that it covers as well. */
    private static final char FILLER = '\u0000';

    private TextColumns() {}

    /** Lines in which the index of a character is its column. */
    static List<String> align(List<String> lines) {
        return lines.stream().map(TextColumns::align).toList();
    }

    private static String align(String line) {
        if (line.chars().allMatch(c -> c < 0x300)) {
            return line.stripTrailing();
        }
        StringBuilder aligned = new StringBuilder(line.length() * 2);
        line.stripTrailing().codePoints().forEach(c -> {
            aligned.appendCodePoint(c);
            if (CharacterWidth.isWide(c) && Character.charCount(c) == 1) {
                aligned.append(FILLER);
            }
        });
        return aligned.toString();
    }

    /** The text of an aligned line between two columns. */
    static String slice(String line, int from, int to) {
        return from >= line.length()
                ? ""
                : line.substring(from, Math.min(to, line.length()))
                        .replace(String.valueOf(FILLER), "")
                        .stripTrailing();
    }
}
