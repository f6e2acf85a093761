package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Adds the rows of a table of a text document or slide: merged cells give each row and column that they cover their value, rows of names become the names of
 * the columns, and a cell over the whole width is not repeated.
 */
public final class MergedTableBuilder {
    /** Rows that are looked at for the names of the columns. */
    private static final int HEADER_ROWS = 5;

    private static final int MAX_COLUMNS = 1_000;

    private final ParsedDocumentBuilder out;
    private final List<Cell> above = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private List<String> header = List.of();
    private boolean marked;
    private boolean headed;
    private boolean nextMayContinue;
    private int rows;
    private int spans;

    public MergedTableBuilder(ParsedDocumentBuilder out) {
        this.out = out;
    }

    /** @param rowsLeft rows below that the cell covers too */
    private record Cell(String value, int rowsLeft, boolean first) {}

    /**
     * Adds a cell to the row.
     *
     * @param columns that it covers, 1 or more
     * @param covers rows that it covers, 1 or more
     */
    public void cell(String value, int columns, int covers) {
        spans += columns > 1 ? 1 : 0;
        out.notice(Kind.PAST_LIMIT, cells.size() >= MAX_COLUMNS && !value.isBlank() ? 1 : 0);
        for (int i = 0; i < columns && cells.size() < MAX_COLUMNS; i++) {
            cells.add(new Cell(value, Math.max(0, covers - 1), i == 0));
        }
    }

    /** Adds cells that belong to the cell above. */
    public void continued(int columns) {
        for (int i = 0; i < columns && cells.size() < MAX_COLUMNS; i++) {
            Cell over = cells.size() < above.size() ? above.get(cells.size()) : new Cell("", 0, true);
            cells.add(new Cell(over.value(), Math.max(0, over.rowsLeft() - 1), over.first()));
        }
    }

    /** Adds a cell that belongs to the one on its left or above. */
    public void covered() {
        boolean down = cells.size() < above.size() && above.get(cells.size()).rowsLeft() > 0;
        if (down) {
            continued(1);
        } else if (!cells.isEmpty() && cells.size() < MAX_COLUMNS) {
            Cell left = cells.getLast();
            cells.add(new Cell(left.value(), left.rowsLeft(), false));
            spans++;
        } else {
            cell("", 1, 1);
        }
    }

    /** The number of columns that the cells of the row above reach into. */
    public int reachedColumns() {
        return (int) above.stream().filter(cell -> cell.rowsLeft() > 0).count();
    }

    /** The number of columns of the row above. */
    public int columnsAbove() {
        return above.size();
    }

    /** Adds what the cells above reach into at this place of the row. */
    public void continueReaching() {
        while (cells.size() < above.size() && above.get(cells.size()).rowsLeft() > 0) {
            continued(1);
        }
    }

    /** @param isHeader whether the file says that the row names the columns */
    public void endRow(boolean isHeader) {
        List<String> values = cells.stream().map(Cell::value).toList();
        boolean title = cells.size() > 1 && cells.stream().skip(1).noneMatch(Cell::first);
        if (values.stream().anyMatch(value -> !value.isBlank())) {
            add(isHeader, title, values);
        }
        above.clear();
        above.addAll(cells);
        cells.clear();
        spans = 0;
    }

    private void add(boolean isHeader, boolean title, List<String> values) {
        if (title && !headed && !isHeader) {
            out.paragraph(values.getFirst());
            return;
        }
        // A row that a name reaches into names columns too, even if the file marks the first one alone.
        boolean reached = above.stream().anyMatch(cell -> cell.rowsLeft() > 0);
        boolean names = isHeader || ((!marked || reached) && looksLikeHeader(title, values));
        marked |= isHeader;
        if (names) {
            header = headed && !nextMayContinue && !isHeader ? header : values;
            headed = true;
            nextMayContinue = spans > 0 || cells.stream().anyMatch(cell -> cell.rowsLeft() > 0);
        } else {
            nextMayContinue = false;
        }
        out.row(names, title ? List.of(values.getFirst()) : values);
        rows++;
    }

    private boolean looksLikeHeader(boolean title, List<String> values) {
        if (title) {
            return false;
        }
        if (headed) {
            return nextMayContinue
                    && rows < HEADER_ROWS
                    && values.stream()
                            .noneMatch(value -> TableHeaders.isFigure(value) && !TableHeaders.isPeriod(value));
        }
        List<String> names = cells.stream().filter(Cell::first).map(Cell::value).toList();
        return rows < HEADER_ROWS && new HashSet<>(names).size() > 1 && TableHeaders.isHeader(names);
    }

    /** To be called when other blocks came between two rows: the names of the columns are said again. */
    public void resume() {
        if (headed) {
            out.row(true, header);
        }
    }
}
