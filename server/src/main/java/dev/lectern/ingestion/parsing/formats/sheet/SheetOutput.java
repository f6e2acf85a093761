package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.ss.util.CellRangeAddress;

/** Adds the sheets of a workbook, of any format, one after the other: heading, table, what is beside the table; and counts what is hidden. */
public final class SheetOutput {
    private static final int MAX_COLUMNS = 1 << 14;

    private final ParsedDocumentBuilder out;
    private final RunningTexts running;
    private BitSet hiddenColumns = new BitSet();
    private boolean hiddenSheet;
    private boolean filled;
    private int number;
    private int rows;
    private int columns;

    public SheetOutput(ParsedDocumentBuilder out) {
        this.out = out;
        running = new RunningTexts(out);
    }

    /** Begins the next sheet. */
    public void start(String name, boolean hidden) {
        out.page(++number);
        hiddenSheet = hidden;
        hiddenColumns = new BitSet();
        out.mark(hidden ? Set.of(Mark.HIDDEN) : Set.of());
        out.heading(1, hidden ? name + " (hidden sheet)" : name);
        if (hidden) {
            out.notice(Kind.HIDDEN_INCLUDED, 1, null, name);
        }
    }

    /** @param last from 0, the last one included */
    public void hideColumns(int first, int last) {
        hiddenColumns.set(Math.clamp(first, 0, MAX_COLUMNS), Math.clamp(last + 1L, first, MAX_COLUMNS));
    }

    /** @param merged regions that are known before the first row */
    public SheetTableBuilder table(List<CellRangeAddress> merged) {
        return new SheetTableBuilder(out, merged, hiddenSheet);
    }

    /** To be called after the last row. */
    public void finish(SheetTableBuilder table) {
        table.finish();
        filled |= table.isFilled();
        if (!hiddenSheet) {
            rows += table.hiddenRows();
            hiddenColumns.and(table.columns());
            columns += hiddenColumns.cardinality();
        }
    }

    /** @param author may be empty */
    public void comment(String cell, String author, String text) {
        if (!text.isBlank()) {
            filled = true;
            out.note(Mark.COMMENT, "Comment on " + cell + (author.isBlank() ? "" : " by " + author) + ": " + text);
        }
    }

    /** A text box or the title of a chart. */
    void text(String text) {
        filled |= !text.isBlank();
        out.paragraph(text);
    }

    /** @param coded as Excel writes headers and footers */
    void running(Mark kind, String coded) {
        for (String section : clean(coded)) {
            running.add(kind, section);
        }
    }

    /** To be called once, at the end. */
    public void finish() {
        out.mark(Set.of());
        out.page(null);
        out.notice(Kind.HIDDEN_INCLUDED, rows, null, rows + " rows");
        out.notice(Kind.HIDDEN_INCLUDED, columns, null, columns + " columns");
        if (!filled) {
            throw RejectionException.noText("The file has sheets, but no cell with anything in it.");
        }
    }

    /** The left, middle and right section without codes; a section with the number of the page is left out. */
    private static List<String> clean(String coded) {
        StringBuilder text = new StringBuilder();
        List<String> sections = new ArrayList<>();
        boolean numbered = false;
        for (int i = 0; i < coded.length(); i++) {
            char character = coded.charAt(i);
            if (character != '&' || i + 1 >= coded.length()) {
                text.append(character);
                continue;
            }
            char code = coded.charAt(++i);
            if (code == '&') {
                text.append('&');
            } else if (code == 'L' || code == 'C' || code == 'R') {
                sections.add(numbered ? "" : text.toString());
                text.setLength(0);
                numbered = false;
            } else if (code == 'P') {
                numbered = true;
            } else if (code == '"') {
                int end = coded.indexOf('"', i + 1);
                i = end < 0 ? coded.length() : end;
            } else if (code == 'K') {
                i += 6;
            } else {
                while (Character.isDigit(code) && i + 1 < coded.length() && Character.isDigit(coded.charAt(i + 1))) {
                    i++;
                }
            }
        }
        sections.add(numbered ? "" : text.toString());
        return sections;
    }
}
