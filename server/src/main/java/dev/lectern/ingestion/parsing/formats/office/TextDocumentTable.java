package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The rows of a table of a Rich Text Format file, or of one of Word 97 to 2003. The file does not say that a cell covers several columns, only where its right edge is, so rows are kept until
 * the columns are known. Of a longer table, the first rows give the columns.
 */
final class TextDocumentTable {
    private static final int KEPT_ROWS = 2_000;

    /** A millimetre in twips: edges that are as close are the same. */
    private static final int TOLERANCE = 57;

    private final MergedTableBuilder out;
    private final List<Row> rows = new ArrayList<>();
    private List<Integer> columns = List.of();
    private boolean known;

    TextDocumentTable(ParsedDocumentBuilder out) {
        this.out = new MergedTableBuilder(out);
    }

    /** How a cell of a row is merged. */
    enum Merge {
        NONE,
        WITH_LEFT,
        WITH_ABOVE
    }

    /**
     * What a row says of a cell.
     *
     * @param right its right edge in twips
     */
    record Cell(Merge merge, int right) {}

    /**
     * What a row says of itself.
     *
     * @param left its left edge in twips
     * @param cells as far as the file describes them
     */
    record Layout(boolean header, int left, List<Cell> cells) {}

    private record Row(Layout layout, List<String> texts) {}

    void add(Layout layout, List<String> texts) {
        rows.add(new Row(layout, texts));
        if (known || rows.size() == KEPT_ROWS) {
            writeRows();
        }
    }

    /** Writes the rows that are kept; to be called at the end. */
    void writeRows() {
        if (!known) {
            columns = findColumns();
            known = true;
        }
        rows.forEach(this::write);
        rows.clear();
    }

    /** The right edges of the columns; empty when no row has all of them, as in forms, whose rows have little to do with each other. */
    private List<Integer> findColumns() {
        TreeSet<Integer> edges = new TreeSet<>();
        int most = 0;
        for (Row row : rows) {
            most = Math.max(most, row.layout().cells().size());
            row.layout().cells().forEach(cell -> edges.add(cell.right()));
        }
        List<Integer> distinct = new ArrayList<>();
        for (int edge : edges) {
            if (distinct.isEmpty() || edge - distinct.getLast() > TOLERANCE) {
                distinct.add(edge);
            }
        }
        return distinct.size() == most ? distinct : List.of();
    }

    private void write(Row row) {
        List<Cell> cells = row.layout().cells();
        int column = columnsUpTo(row.layout().left());
        if (column > 0) {
            out.cell("", column, 1);
        }
        for (int i = 0; i < row.texts().size(); i++) {
            Merge merge = i < cells.size() ? cells.get(i).merge() : Merge.NONE;
            int end = i < cells.size() ? columnsUpTo(cells.get(i).right()) : column + 1;
            int covered = Math.max(1, end - column);
            column += covered;
            String text = row.texts().get(i);
            if (merge == Merge.NONE || !text.isBlank()) {
                out.cell(text, covered, 1);
            } else if (merge == Merge.WITH_ABOVE) {
                out.continued(covered);
            } else {
                for (int one = 0; one < covered; one++) {
                    out.covered();
                }
            }
        }
        out.endRow(row.layout().header());
    }

    private int columnsUpTo(int edge) {
        int count = 0;
        while (count < columns.size() && columns.get(count) <= edge + TOLERANCE) {
            count++;
        }
        return count;
    }
}
