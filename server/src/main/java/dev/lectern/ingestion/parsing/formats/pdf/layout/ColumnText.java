package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.text.WordTokenizer;
import java.util.List;
import java.util.regex.Pattern;

/** What the text of a column is like: running text, or the short values of a table. */
final class ColumnText {
    /** Fewer letters in a line are those of a value or label. Letters of dense scripts count twice. */
    private static final int MIN_LETTERS = 20;
    /** Lines of running text fill their column. */
    private static final double FULL = 0.55;
    /** Most lines of running text begin in the middle of a sentence. */
    private static final double CONTINUED = 0.25;

    private static final int MIN_LINES = 3;
    private static final Pattern NUMERIC = Pattern.compile(
            "[(\\[<>≤≥~±+–—-]{0,3}[\\p{Sc}]?\\s?[+–-]?\\p{Nd}[\\p{Nd}.,:/'’ \\u202F-]{0,24}\\s?[%‰°)\\]*]{0,3}(?:\\s?[\\p{L}\\p{Sc}/²³µ°%.]{1,6})?[)\\]*]{0,2}");
    private static final Pattern NO_VALUE = Pattern.compile("[-–—./]{1,3}|n/?a|N/?A|k\\.\\s?A\\.|[xX✓✗●○]");

    private final List<PieceRow> rows;

    ColumnText(List<TextPiece> pieces) {
        rows = PieceRow.of(pieces);
    }

    List<PieceRow> rows() {
        return rows;
    }

    /** Whether a cell holds a number, an amount, a date or a mark for nothing. */
    static boolean isNumeric(String cell) {
        return cell.length() <= 40
                && (NUMERIC.matcher(cell).matches() || NO_VALUE.matcher(cell).matches());
    }

    /** Whether these are lines of sentences. */
    boolean isRunningText() {
        return rows.size() >= MIN_LINES && isLong() && isFull() && isContinued();
    }

    /** Whether these could be the last lines of running text. */
    boolean isEndOfText() {
        return rows.size() < MIN_LINES && isLong();
    }

    /** The last line of a paragraph may be short, so the middle one of all lengths counts. */
    private boolean isLong() {
        int[] letters = rows.stream().mapToInt(ColumnText::letters).sorted().toArray();
        return letters.length > 0 && letters[letters.length / 2] + letters[(letters.length - 1) / 2] >= 2 * MIN_LETTERS;
    }

    double meanLetters() {
        return rows.stream().mapToInt(ColumnText::letters).average().orElse(0);
    }

    private static int letters(PieceRow row) {
        int letters = 0;
        for (TextPiece piece : row.pieces()) {
            String text = piece.text();
            for (int i = 0; i < text.length(); i++) {
                char character = text.charAt(i);
                letters += Character.isLetter(character) ? (WordTokenizer.isDense(character) ? 2 : 1) : 0;
            }
        }
        return letters;
    }

    private boolean isFull() {
        double width = right() - left();
        double mean = rows.stream()
                .mapToDouble(row -> row.right() - row.left())
                .average()
                .orElse(0);
        return mean >= FULL * width;
    }

    float left() {
        return rows.stream().map(PieceRow::left).reduce(Float.MAX_VALUE, Math::min);
    }

    float right() {
        return rows.stream().map(PieceRow::right).reduce(-Float.MAX_VALUE, Math::max);
    }

    private boolean isContinued() {
        int cased = 0;
        int lower = 0;
        for (PieceRow row : rows) {
            int first = row.pieces().getFirst().text().codePointAt(0);
            if (Character.isLetter(first) && Character.toLowerCase(first) == Character.toUpperCase(first)) {
                continue;
            }
            cased++;
            lower += Character.isLowerCase(first) ? 1 : 0;
        }
        return cased < 0.3 * rows.size() || lower >= CONTINUED * cased;
    }
}
