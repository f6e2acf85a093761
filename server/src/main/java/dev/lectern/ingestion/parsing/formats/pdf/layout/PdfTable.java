package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.List;

/**
 * A table on one page.
 *
 * @param rows from the top; all have as many cells as the table has columns
 * @param headerRows how many of them name the columns
 * @param isHeaderMarked whether the header rows look different from the others, and not only say something different
 * @param columns left and right end of each column, points
 */
public record PdfTable(
        int page, PageFrame frame, List<Row> rows, int headerRows, boolean isHeaderMarked, List<Column> columns)
        implements PdfElement {

    /** One cell for each column; a cell that goes over several columns or rows is in each of them. */
    public record Row(List<Cell> cells) {}

    /** The lines of a cell; none if it is empty. */
    public record Cell(List<PdfLine> lines) {
        static final Cell EMPTY = new Cell(List.of());

        public boolean isEmpty() {
            return lines.isEmpty();
        }

        /** Its lines with spaces between them. */
        public String text() {
            return String.join(" ", lines.stream().map(PdfLine::text).toList());
        }
    }

    /** Whether the columns are at the same places as those of another table, of which this may be the rest. */
    public boolean hasColumnsOf(PdfTable other) {
        if (columns.size() != other.columns.size()) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Column before = other.columns.get(i);
            float over = Math.min(column.right(), before.right()) - Math.max(column.left(), before.left());
            float width = Math.min(column.right() - column.left(), before.right() - before.left());
            same += over > 0.5f * width ? 1 : 0;
        }
        return same >= columns.size() - columns.size() / 4;
    }

    /** Its place across the page. */
    public record Column(float left, float right) {}
}
