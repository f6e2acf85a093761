package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.MergedCells;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TableHeaders;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A table that is being read from events of HTML. */
public final class MarkupTable {
    /** Rows that are looked at for one that names the columns. */
    private static final int HEADER_ROWS = 5;

    private final StringBuilder cell = new StringBuilder();
    private final MergedCells<String> grid = new MergedCells<>();
    private List<String> row = new ArrayList<>();
    private boolean begun;
    private boolean inCell;
    private boolean layout;
    private boolean head;
    private boolean headed;
    private boolean body;
    private boolean allHeaders = true;
    private int width = 1;
    private int height = 1;
    private int cells;
    private int rows;
    private int columns;
    /** Tables within a cell of this one. */
    private int nested;

    /** Whether text belongs into a cell of this table. */
    boolean takesText() {
        return inCell && !layout;
    }

    public void addText(String text) {
        cell.append(cell.isEmpty() ? "" : " ").append(text);
    }

    /** Whether its cells belong to columns that a header names, so that it is there for its data and not for the looks. */
    boolean isOfData() {
        return takesText() && (headed || head);
    }

    void startNested() {
        nested++;
    }

    /** @return whether the end of a table is that of one within a cell */
    boolean endNested() {
        boolean within = nested > 0;
        nested = Math.max(0, nested - 1);
        return within;
    }

    void leaveNested() {
        nested = 0;
    }

    boolean isInNested() {
        return nested > 0;
    }

    /** Parts the cells and rows of a table within a cell. */
    void separateNested(String mark) {
        int last = cell.length() - 1;
        if (last >= 0 && cell.charAt(last) != ',' && cell.charAt(last) != ';') {
            cell.append(mark);
        }
    }

    /** Tables around tables or headings are there for the looks. @return the texts of the row so far */
    List<String> becomeLayout() {
        layout = true;
        List<String> texts = new ArrayList<>(row);
        texts.add(cell.toString());
        cell.setLength(0);
        row = grid.beginRow();
        begun = true;
        row.clear();
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }

    public void startCell(String name, int columnSpan, int rowSpan) {
        if (!begun) {
            row = grid.beginRow();
            begun = true;
        }
        inCell = true;
        width = columnSpan;
        height = rowSpan;
        allHeaders &= name.equals("th");
    }

    public void endCell() {
        if (inCell) {
            inCell = false;
            if (!layout) {
                grid.add(cell.toString(), width, height);
                cells++;
                cell.setLength(0);
            }
        }
    }

    void setHead(boolean inside) {
        head = inside;
    }

    /** @param guessHeaders whether a row of names is a header although nothing says so */
    public void endRow(ParsedDocumentBuilder out, boolean guessHeaders) {
        begun = false;
        out.notice(Kind.PAST_LIMIT, grid.takeDropped());
        if (row.isEmpty() || (cells == 0 && Set.copyOf(row).size() == 1)) {
            row = new ArrayList<>();
            return;
        }
        boolean single = Set.copyOf(row).size() == 1 && cells == 1;
        if (single && columns < 2 && !guessHeaders) {
            out.paragraph(row.getFirst());
        } else if (single) {
            out.row(false, row.subList(0, 1));
        } else {
            addRow(out, guessHeaders);
        }
        rows++;
        cells = 0;
        row = new ArrayList<>();
        allHeaders = true;
    }

    private void addRow(ParsedDocumentBuilder out, boolean guessHeaders) {
        boolean marked = !body && (head || allHeaders);
        boolean guessed = !headed && guessHeaders && rows < HEADER_ROWS && TableHeaders.isHeader(row);
        boolean header = marked || guessed;
        headed |= header;
        body |= !header;
        columns = Math.max(columns, row.size());
        out.row(header, row);
    }
}
