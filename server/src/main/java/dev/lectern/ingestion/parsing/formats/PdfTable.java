package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table that is made of lines whose pieces stand below each other.
 *
 * @param rows each with as many cells as there are columns, empty ones included
 * @param hasHeader whether the first row names the columns
 * @param lines of each row, one or more
 */
record PdfTable(List<List<String>> rows, boolean hasHeader, List<List<PdfLine>> lines) {
    private static final int MIN_ROWS = 3;
    /** Pairs of words below each other are more often a form or an accident. */
    private static final int MIN_ROWS_OF_PAIRS = 4;

    private static final int MAX_COLUMNS = 60;
    private static final int MAX_CELL = 80;
    /** How far down the next line of a cell is at most, and the next row, as multiples of the size. */
    private static final float NEXT_LINE = 1.45f;

    private static final float NEXT_ROW = 4;
    private static final Pattern MARK =
            Pattern.compile("[•◦▪▫‣●○■□–—*·∙o-]|\\(?(?:\\d{1,3}|[A-Za-z]{1,4})[.)]|\\[\\d+]");

    PdfTable {
        rows = List.copyOf(rows);
        lines = List.copyOf(lines);
    }

    int countLines() {
        return lines.stream().mapToInt(List::size).sum();
    }

    /** The same table as the continuation of another one: its first row names the columns only if it repeats those of the other. */
    PdfTable continuing(PdfTable before) {
        boolean continues = before.hasHeader
                && before.rows.getFirst().size() == rows.getFirst().size();
        return continues ? new PdfTable(rows, rows.getFirst().equals(before.rows.getFirst()), lines) : this;
    }

    /** The place of a column, from the left edge of its leftmost cell to the right edge of its rightmost. */
    private record Column(float left, float right) {
        boolean overlaps(PdfLine piece) {
            return piece.left() < right && piece.right() > left;
        }

        Column with(PdfLine piece) {
            return new Column(Math.min(left, piece.left()), Math.max(right, piece.right()));
        }
    }

    /**
     * Finds the table that begins with a line.
     *
     * @return null when there is none
     */
    static @Nullable PdfTable find(List<PdfLine> lines, int start) {
        PdfLine first = lines.get(start);
        int columns = first.pieces().size();
        if (columns < 2 || columns > MAX_COLUMNS || first.mono()) {
            return null;
        }
        List<Column> places = new ArrayList<>();
        first.pieces().forEach(piece -> places.add(new Column(piece.left(), piece.right())));
        List<List<StringBuilder>> rows = new ArrayList<>();
        List<List<PdfLine>> rowLines = new ArrayList<>();
        int full = 0;
        int end = start;
        while (end < lines.size() && (end == start || isNext(lines.get(end - 1), lines.get(end)))) {
            PdfLine line = lines.get(end);
            int[] cells = place(line, places);
            if (cells == null) {
                break;
            }
            boolean continued = !rows.isEmpty() && continuesRow(lines.get(end - 1), line, cells);
            if (!continued && line.pieces().isEmpty()) {
                break;
            }
            if (!continued) {
                rows.add(newRow(columns));
                rowLines.add(new ArrayList<>());
                full += cells.length == columns ? 1 : 0;
            }
            add(line, cells, rows.getLast(), places);
            rowLines.getLast().add(line);
            end++;
        }
        return isTable(rows, columns, full) ? of(rows, first, rowLines) : null;
    }

    private static List<StringBuilder> newRow(int columns) {
        List<StringBuilder> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            row.add(new StringBuilder());
        }
        return row;
    }

    private static boolean isNext(PdfLine before, PdfLine line) {
        float down = line.y() - before.y();
        return line.page() == before.page() && down > 0 && down < NEXT_ROW * before.size() && !line.mono();
    }

    /** The column of each piece of a line; null when a piece stands below two columns, or two below one. */
    private static int @Nullable [] place(PdfLine line, List<Column> places) {
        List<PdfLine> pieces = line.pieces().isEmpty() ? List.of(line) : line.pieces();
        int[] cells = new int[pieces.size()];
        int before = -1;
        for (int i = 0; i < cells.length; i++) {
            int found = -1;
            for (int column = 0; column < places.size(); column++) {
                if (places.get(column).overlaps(pieces.get(i))) {
                    if (found >= 0) {
                        return null;
                    }
                    found = column;
                }
            }
            if (found <= before) {
                return null;
            }
            cells[i] = found;
            before = found;
        }
        return cells;
    }

    /** Whether a line has the next lines of cells: it is close, and has nothing in the first column. */
    private static boolean continuesRow(PdfLine before, PdfLine line, int[] cells) {
        return cells[0] > 0 && line.y() - before.y() <= NEXT_LINE * before.size();
    }

    private static void add(PdfLine line, int[] cells, List<StringBuilder> row, List<Column> places) {
        List<PdfLine> pieces = line.pieces().isEmpty() ? List.of(line) : line.pieces();
        for (int i = 0; i < cells.length; i++) {
            StringBuilder cell = row.get(cells[i]);
            cell.append(cell.isEmpty() ? "" : " ").append(pieces.get(i).text());
            places.set(cells[i], places.get(cells[i]).with(pieces.get(i)));
        }
    }

    private static boolean isTable(List<List<StringBuilder>> rows, int columns, int full) {
        int needed = columns == 2 ? MIN_ROWS_OF_PAIRS : MIN_ROWS;
        boolean list = rows.stream()
                .allMatch(row ->
                        row.getFirst().isEmpty() || MARK.matcher(row.getFirst()).matches());
        double length = rows.stream()
                .flatMap(List::stream)
                .filter(cell -> !cell.isEmpty())
                .mapToInt(StringBuilder::length)
                .average()
                .orElse(0);
        return rows.size() >= needed && full * 2 >= rows.size() && !list && length <= MAX_CELL;
    }

    private static PdfTable of(List<List<StringBuilder>> rows, PdfLine first, List<List<PdfLine>> lines) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(StringBuilder::toString).toList())
                .toList();
        long bold = lines.stream().filter(row -> row.getFirst().bold()).count();
        boolean named = (first.bold() && bold * 2 < lines.size()) || isHeader(cells.getFirst());
        return new PdfTable(cells, named, lines);
    }

    /** Nothing marks the names of columns, so a row with figures, as in "24 upper", is not taken for them. */
    private static boolean isHeader(List<String> cells) {
        return TableHeaders.isHeader(cells)
                && cells.stream()
                        .allMatch(cell ->
                                TableHeaders.isPeriod(cell) || cell.chars().noneMatch(Character::isDigit));
    }
}
