package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TableHeaders;
import dev.lectern.library.Block.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of one sheet into a table: merged cells give each of their rows and columns the value, one or several rows become the names of the columns,
 * and titles above them become paragraphs.
 */
public final class SheetTableBuilder {
    /** Rows that are looked at for the names of the columns. */
    private static final int HEADER_ROWS = 8;

    private static final int MAX_LEVELS = 4;

    /** Titles are merged over the whole sheet now and then. */
    private static final int MAX_SPAN = 200;

    private final ParsedDocumentBuilder out;
    private final Queue<CellRangeAddress> merged = new ArrayDeque<>();
    private final List<CellRangeAddress> open = new ArrayList<>();
    private final boolean hiddenSheet;
    private final BitSet columns = new BitSet();
    private final Map<CellRangeAddress, String> values = new HashMap<>();
    private final List<SheetRow> pending = new ArrayList<>();
    private boolean begun;
    private boolean headed;
    private boolean filled;
    private int hiddenRows;

    /**
     * @param merged regions of the sheet, in any order; more may follow by {@link #merge}
     * @param hiddenSheet whether all rows are hidden
     */
    SheetTableBuilder(ParsedDocumentBuilder out, List<CellRangeAddress> merged, boolean hiddenSheet) {
        this.out = out;
        this.hiddenSheet = hiddenSheet;
        merged.stream()
                .sorted(Comparator.comparingInt(CellRangeAddress::getFirstRow))
                .forEach(this.merged::add);
    }

    /** Adds a region that begins in the row that is added next. */
    public void merge(CellRangeAddress region) {
        merged.add(region);
    }

    boolean isFilled() {
        return filled;
    }

    /** Hidden rows with something in them. */
    int hiddenRows() {
        return hiddenRows;
    }

    /** Columns with something in them, from 0. */
    BitSet columns() {
        return columns;
    }

    /**
     * A row with at least one cell that is not empty.
     *
     * @param cells by column, those of merged regions repeated
     * @param own the same, but a value that is merged over several columns stands in the first of them only
     * @param spans whether a merged region covers several of its columns
     * @param reaches whether a merged region continues in the next row
     * @param hidden whether the program does not show it
     */
    private record SheetRow(
            NavigableMap<Integer, String> cells,
            NavigableMap<Integer, String> own,
            boolean spans,
            boolean reaches,
            boolean hidden) {

        boolean isTitle() {
            return new HashSet<>(cells.values()).size() == 1;
        }

        String title() {
            return cells.firstEntry().getValue();
        }

        List<String> toList() {
            return list(cells);
        }

        List<String> toListOfOwn() {
            return list(own);
        }

        private static List<String> list(NavigableMap<Integer, String> cells) {
            List<String> list = new ArrayList<>();
            for (int column = 0; column <= cells.lastKey(); column++) {
                list.add(cells.getOrDefault(column, ""));
            }
            return list;
        }

        boolean isNames() {
            return cells.values().stream()
                    .allMatch(cell -> TableHeaders.isPeriod(cell) || !TableHeaders.isFigure(cell));
        }
    }

    /**
     * Adds a row; rows come in their order.
     *
     * @param index from 0
     * @param cells values that are not blank, by column from 0
     * @param hidden whether the program does not show the row
     */
    public void add(int index, NavigableMap<Integer, String> cells, boolean hidden) {
        NavigableMap<Integer, String> filled = new TreeMap<>(cells);
        NavigableMap<Integer, String> down = new TreeMap<>(cells);
        boolean spans = false;
        boolean reaches = false;
        openRegions(index);
        for (CellRangeAddress region : open) {
            String value = values.computeIfAbsent(region, first -> cells.getOrDefault(first.getFirstColumn(), ""));
            if (value.isBlank()) {
                continue;
            }
            down.putIfAbsent(region.getFirstColumn(), value);
            int last = Math.min(region.getLastColumn(), region.getFirstColumn() + MAX_SPAN);
            for (int column = region.getFirstColumn(); column <= last; column++) {
                filled.putIfAbsent(column, value);
            }
            spans |= region.getLastColumn() > region.getFirstColumn();
            reaches |= region.getLastRow() > index;
        }
        if (!filled.isEmpty()) {
            this.filled = true;
            hiddenRows += hidden ? 1 : 0;
            filled.keySet().forEach(columns::set);
            SheetRow row = new SheetRow(filled, down, spans, reaches, hidden && !hiddenSheet);
            if (begun) {
                write(row);
            } else {
                pending.add(row);
                if (pending.size() >= HEADER_ROWS) {
                    begin();
                }
            }
        }
    }

    private void openRegions(int index) {
        open.removeIf(region -> {
            boolean over = region.getLastRow() < index;
            if (over) {
                values.remove(region);
            }
            return over;
        });
        while (!merged.isEmpty() && merged.element().getFirstRow() <= index) {
            CellRangeAddress region = merged.remove();
            if (region.getLastRow() >= index) {
                open.add(region);
            }
        }
    }

    /** To be called once, after the last row. */
    void finish() {
        begin();
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        int header = findHeader();
        for (int i = 0; i < header; i++) {
            writeAboveHeader(pending.get(i));
        }
        int next = Math.max(header, 0);
        if (header >= 0) {
            next = writeHeader(header);
        }
        pending.subList(next, pending.size()).forEach(this::write);
        pending.clear();
    }

    private int findHeader() {
        for (int i = 0; i < pending.size(); i++) {
            SheetRow row = pending.get(i);
            if (!row.isTitle() && (TableHeaders.isHeader(row.toList()) || (row.spans() && row.isNames()))) {
                return i;
            }
        }
        return -1;
    }

    /** Joins the names of several rows where the upper ones stand over several columns; returns the row after them. */
    private int writeHeader(int first) {
        int end = first + 1;
        while (end < pending.size()
                && end - first < MAX_LEVELS
                && continuesBelow(pending.get(end - 1), pending.get(end))) {
            end++;
        }
        List<SheetRow> levels = pending.subList(first, end);
        int width =
                levels.stream().mapToInt(row -> row.cells().lastKey() + 1).max().orElse(0);
        List<String> names = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            Set<String> parts = new LinkedHashSet<>();
            for (int level = 0; level < levels.size(); level++) {
                String name = nameAt(levels.get(level), column, level < levels.size() - 1);
                if (name != null) {
                    parts.add(name);
                }
            }
            names.add(String.join(" ", parts));
        }
        out.row(true, names);
        headed = true;
        return end;
    }

    /** A name that stands over several columns is written once, in the first of them, unless they are merged. */
    private static @Nullable String nameAt(SheetRow row, int column, boolean over) {
        Map.Entry<Integer, String> entry = over && !row.spans() ? row.cells().floorEntry(column) : null;
        return entry == null ? row.cells().get(column) : entry.getValue();
    }

    private static boolean continuesBelow(SheetRow above, SheetRow below) {
        boolean namesBelowPeriods = above.cells().size() < below.cells().size()
                && above.cells().values().stream().anyMatch(TableHeaders::isPeriod);
        return (above.spans() || above.reaches() || namesBelowPeriods) && !below.isTitle() && below.isNames();
    }

    /** Below names of columns a merged value belongs to each of its columns. */
    private void write(SheetRow row) {
        if (row.hidden()) {
            out.mark(Set.of(Mark.HIDDEN));
        }
        out.row(false, headed && !row.isTitle() ? row.toList() : row.toListOfOwn());
        if (row.hidden()) {
            out.mark(Set.of());
        }
    }

    private void writeAboveHeader(SheetRow row) {
        if (row.isTitle()) {
            out.paragraph(row.title());
        } else {
            write(row);
        }
    }
}
