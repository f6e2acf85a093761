package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;

/** Decides how many of the first rows of a table name its columns: by their letters, a line below them, their ground, or the kind of values. */
final class TableHeaderFinder {
    private static final int MAX_ROWS = 4;

    private final List<PdfTable.Row> rows;
    private final List<Ruling> rulings;
    private final List<Shade> shades;

    /** @param rulings horizontal ones that go through the table */
    TableHeaderFinder(List<PdfTable.Row> rows, List<Ruling> rulings, List<Shade> shades) {
        this.rows = rows;
        this.rulings = rulings;
        this.shades = shades;
    }

    /**
     * The header of a table.
     *
     * @param rows how many; 0 if there is none
     * @param marked whether it looks different from the rest
     */
    record Header(int rows, boolean marked) {}

    Header find() {
        if (rows.size() < 2) {
            return new Header(0, false);
        }
        int bold = leading(this::isBold);
        int shaded = leading(this::isShaded);
        int ruled = rowsAboveFirstRuling();
        int byValues = byValues();
        for (int count : new int[] {bold, shaded, ruled}) {
            if (count > 0 && count < rows.size() && isNaming(count)) {
                return new Header(Math.max(count, byValues), true);
            }
        }
        return new Header(byValues, false);
    }

    private interface RowTest {
        boolean test(int row);
    }

    /** How many of the first rows are different from the rest; 0 if the rest has some of the kind as well. */
    private int leading(RowTest test) {
        int count = 0;
        while (count < Math.min(MAX_ROWS, rows.size()) && test.test(count)) {
            count++;
        }
        int others = 0;
        for (int i = count; i < rows.size(); i++) {
            others += test.test(i) ? 1 : 0;
        }
        return others > 0.4 * (rows.size() - count) ? 0 : count;
    }

    private static List<PdfLine> linesOf(PdfTable.Row row) {
        List<PdfLine> lines = new ArrayList<>();
        row.cells().forEach(cell -> lines.addAll(cell.lines()));
        return lines;
    }

    private boolean isBold(int row) {
        List<PdfLine> lines = linesOf(rows.get(row));
        return !lines.isEmpty() && lines.stream().allMatch(PdfLine::bold);
    }

    private boolean isShaded(int row) {
        List<PdfLine> lines = linesOf(rows.get(row));
        return !lines.isEmpty()
                && lines.stream()
                        .allMatch(line -> shades.stream()
                                .anyMatch(shade -> shade.left() <= line.left() + 1
                                        && shade.right() >= line.right() - 1
                                        && shade.top() <= line.y() - 0.3f * line.size()
                                        && shade.bottom() >= line.y() - 0.3f * line.size()
                                        && shade.bottom() - shade.top() < 12 * line.size()));
    }

    /** Rows above a line, if the rows below it have no lines between them. */
    private int rowsAboveFirstRuling() {
        int first = 0;
        int count = 0;
        for (int i = 1; i < rows.size(); i++) {
            float above = bottom(rows.get(i - 1));
            float below = top(rows.get(i));
            boolean ruled = rulings.stream().anyMatch(ruling -> ruling.at() > above - 3 && ruling.at() < below + 3);
            if (ruled) {
                count++;
                first = first == 0 ? i : first;
            }
        }
        boolean few = count <= 1 || count <= 0.34 * (rows.size() - 1);
        return few && first <= MAX_ROWS ? first : 0;
    }

    private static float bottom(PdfTable.Row row) {
        return linesOf(row).stream().map(PdfLine::y).reduce(0f, Math::max);
    }

    private static float top(PdfTable.Row row) {
        return linesOf(row).stream().map(line -> line.y() - 0.7f * line.size()).reduce(Float.MAX_VALUE, Math::min);
    }

    /** Names of columns are hardly numbers, except years. */
    private boolean isNaming(int count) {
        int numbers = 0;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            for (PdfTable.Cell cell : rows.get(i).cells()) {
                if (!cell.isEmpty()) {
                    filled++;
                    numbers += isNumber(cell.text()) ? 1 : 0;
                }
            }
        }
        return filled > 0 && numbers <= 0.34 * filled;
    }

    private static boolean isNumber(String text) {
        return ColumnText.isNumeric(text) && !text.matches("(?:19|20)\\d\\d(?:[/–-]\\d{2,4})?");
    }

    /** Words above numbers, or short names above a table of three columns or more. */
    private int byValues() {
        int count = 0;
        boolean[] named = new boolean[rows.getFirst().cells().size()];
        while (count < Math.min(MAX_ROWS, rows.size() - 1) && isOfShortWords(rows.get(count))) {
            count++;
        }
        while (count > 0 && isLabel(rows.get(count - 1))) {
            count--;
        }
        if (count == 0) {
            return 0;
        }
        int numeric = 0;
        int names = 0;
        for (int i = 0; i < named.length; i++) {
            for (PdfTable.Row row : rows.subList(0, count)) {
                named[i] |= !row.cells().get(i).isEmpty();
            }
            names += named[i] ? 1 : 0;
            numeric += isMostlyNumeric(i, count) ? 1 : 0;
        }
        if (numeric > 0) {
            return names >= 0.7 * named.length ? count : 0;
        }
        boolean allNamed = names == named.length || (names == named.length - 1 && !named[0]);
        boolean isShort =
                linesOf(rows.getFirst()).stream().allMatch(line -> line.text().length() <= 30);
        return allNamed && named.length >= 3 && rows.size() >= 3 && isShort && areDistinct(rows.getFirst()) ? 1 : 0;
    }

    /** Whether a row has neither numbers nor long texts. */
    private static boolean isOfShortWords(PdfTable.Row row) {
        return row.cells().stream()
                .allMatch(cell ->
                        cell.isEmpty() || (!isNumber(cell.text()) && cell.text().length() <= 60));
    }

    /** Whether a row has only a label, such as the name of a group of rows. */
    private static boolean isLabel(PdfTable.Row row) {
        return row.cells().stream().skip(1).allMatch(PdfTable.Cell::isEmpty);
    }

    private boolean isMostlyNumeric(int column, int from) {
        int numbers = 0;
        int filled = 0;
        for (PdfTable.Row row : rows.subList(from, rows.size())) {
            PdfTable.Cell cell = row.cells().get(column);
            if (!cell.isEmpty()) {
                filled++;
                numbers += ColumnText.isNumeric(cell.text()) ? 1 : 0;
            }
        }
        return filled > 0 && numbers >= 0.6 * filled;
    }

    private static boolean areDistinct(PdfTable.Row row) {
        List<String> texts = row.cells().stream().map(PdfTable.Cell::text).toList();
        return texts.stream().distinct().count() == texts.size();
    }
}
