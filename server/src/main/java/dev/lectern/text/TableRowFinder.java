package dev.lectern.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rows of a table in the text of a passage. Rows are lines, and an empty line parts them from other text. They begin with the header if the text has
 * it, otherwise with the text. Where there are several columns, only lines with several cells count as rows; behind other text, only lines that have no more
 * cells than there are columns.
 */
final class TableRowFinder {
    private final TableContext context;
    private final String text;
    private final List<String> names;
    private final List<Span> headers = new ArrayList<>();
    private final List<Span> rows = new ArrayList<>();
    private final List<Span> lines = new ArrayList<>();

    TableRowFinder(TableContext context, String text) {
        this.context = context;
        this.text = text;
        names = TableContext.cells(context.columns());
        find();
    }

    List<Span> headers() {
        return headers;
    }

    List<Span> rows() {
        return rows;
    }

    /** Headers and rows in their order. */
    List<Span> lines() {
        return lines;
    }

    private void find() {
        boolean inText = hasHeader();
        boolean within = !inText;
        boolean begun = !inText;
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf('\n', at);
            int end = next < 0 ? text.length() : next;
            Span line = Span.trimmed(text, at, end);
            if (line.isEmpty()) {
                within = false;
            } else if (isHeader(line.in(text))) {
                within = true;
                begun = true;
                headers.add(line);
                lines.add(line);
            } else if (at == 0 && !context.rowStart().isEmpty()) {
                rows.add(line);
                lines.add(line);
            } else if (begun && isRow(line.in(text), within)) {
                rows.add(line);
                lines.add(line);
            }
            at = end + 1;
        }
    }

    private boolean hasHeader() {
        return !context.columns().isEmpty()
                && Arrays.stream(text.split("\n", -1)).anyMatch(this::isHeader);
    }

    /** Whether each cell is the name of its column, or one of its levels. */
    private boolean isHeader(String line) {
        if (context.columns().isEmpty()) {
            return false;
        }
        List<String> cells = TableContext.cells(line);
        String title = TableContext.titleOf(cells);
        if (title != null && title.equals(context.caption()) && cells.size() > 1) {
            return true;
        }
        if (cells.size() > names.size()) {
            return false;
        }
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty() && !(" / " + names.get(i) + " / ").contains(" / " + cell + " / ")) {
                return false;
            }
        }
        return true;
    }

    private boolean isRow(String line, boolean within) {
        int cells = TableContext.cells(line).size();
        if (within) {
            return cells > 1 || (names.size() == 1 && !context.columns().isEmpty());
        }
        return cells > 1 && (names.size() >= cells || context.columns().isEmpty());
    }
}
