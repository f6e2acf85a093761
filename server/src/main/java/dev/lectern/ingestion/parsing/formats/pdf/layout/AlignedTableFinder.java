package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.ingestion.parsing.formats.pdf.layout.TableRowGrouper.CellLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises a table by its columns where it has no lines around its cells. */
final class AlignedTableFinder {
    private static final Pattern NAME = Pattern.compile(".{1,60}[:：]");
    private static final int FEW_WORDS = 4;

    private final int page;
    private final PageFrame frame;
    private final List<Ruling> rulings;
    private final List<Shade> shades;

    /** A table, and what is above and below it in the same part of the page. */
    record Found(List<TextPiece> above, PlacedTable table, List<TextPiece> below) {}

    /** @param rulings of the frame */
    AlignedTableFinder(int page, PageFrame frame, List<Ruling> rulings, List<Shade> shades) {
        this.page = page;
        this.frame = frame;
        this.rulings = rulings;
        this.shades = shades;
    }

    /**
     * @param pieces of a band in which there are strips
     * @param bounded whether lines above and below say that it is a table
     * @return null if it is no table
     */
    @Nullable Found find(List<TextPiece> pieces, boolean bounded) {
        List<PieceRow> rows = PieceRow.of(NumberSplitter.split(pieces));
        List<PieceRow> several =
                rows.stream().filter(row -> row.pieces().size() > 1).toList();
        if (several.size() < 2) {
            return null;
        }
        List<PdfTable.Column> columns = TableColumnFinder.find(several);
        if (columns.size() < 2) {
            return null;
        }
        List<CellLine> lines =
                rows.stream().map(row -> TableColumnFinder.place(row, columns)).toList();
        int from = first(lines, bounded);
        int to = last(lines, columns, bounded);
        if (to - from < 2) {
            return null;
        }
        List<CellLine> inside = lines.subList(from, to);
        List<Ruling> through = rulingsIn(inside, columns);
        List<List<CellLine>> groups = new TableRowGrouper(inside, columns, through).group();
        List<PdfTable.Row> tableRows =
                groups.stream().map(group -> row(group, columns.size())).toList();
        TableHeaderFinder.Header header = new TableHeaderFinder(tableRows, through, shades).find();
        if (tableRows.size() < 2
                || !isTable(tableRows, header.rows(), columns, inside, bounded || through.size() >= 2)) {
            return null;
        }
        PdfTable table = new PdfTable(page, frame, tableRows, header.rows(), header.marked(), columns);
        CellLine first = inside.getFirst();
        CellLine last = inside.getLast();
        return new Found(
                piecesOf(rows.subList(0, from)),
                new PlacedTable(
                        table,
                        columns.getFirst().left(),
                        first.y() - first.size(),
                        columns.getLast().right(),
                        last.y() + 0.3f * last.size()),
                piecesOf(rows.subList(to, rows.size())));
    }

    private static List<TextPiece> piecesOf(List<PieceRow> rows) {
        List<TextPiece> pieces = new ArrayList<>();
        rows.forEach(row -> pieces.addAll(row.pieces()));
        return pieces;
    }

    /** The first line with several cells, or the begin of a heading above it that has more lines. */
    private static int first(List<CellLine> lines, boolean bounded) {
        int first = 0;
        while (first < lines.size() && lines.get(first).filled() < 2) {
            first++;
        }
        int limit = bounded ? 0 : Math.max(0, first - 2);
        while (first > limit && first < lines.size() && isPartOfHeading(lines.get(first - 1), lines.get(first))) {
            first--;
        }
        return first;
    }

    private static boolean isPartOfHeading(CellLine above, CellLine line) {
        return !above.has(0) && line.y() - above.y() < 1.4f * line.size();
    }

    /** Behind the last line with several cells, or what goes on in one of these. */
    private static int last(List<CellLine> lines, List<PdfTable.Column> columns, boolean bounded) {
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).filled() < 2) {
            last--;
        }
        while (last > 0 && last < lines.size()) {
            CellLine above = lines.get(last - 1);
            CellLine line = lines.get(last);
            boolean near = line.y() - above.y() < 1.4f * line.size();
            boolean within = false;
            for (int i = bounded ? 0 : 1; i < columns.size(); i++) {
                within |= line.has(i) && above.has(i) && line.filled() == 1;
            }
            if (!near || !within) {
                break;
            }
            last++;
        }
        return last;
    }

    private List<Ruling> rulingsIn(List<CellLine> lines, List<PdfTable.Column> columns) {
        float top = lines.getFirst().y() - 2.5f * lines.getFirst().size();
        float bottom = lines.getLast().y() + 1.5f * lines.getLast().size();
        float left = columns.getFirst().left();
        float right = columns.getLast().right();
        return rulings.stream()
                .filter(Ruling::horizontal)
                .filter(ruling -> ruling.at() > top && ruling.at() < bottom)
                .filter(ruling -> Math.min(right, ruling.to()) - Math.max(left, ruling.from()) > 0.5f * (right - left))
                .toList();
    }

    private PdfTable.Row row(List<CellLine> group, int columns) {
        List<PdfTable.Cell> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            List<PdfLine> lines = new ArrayList<>();
            for (CellLine line : group) {
                if (line.has(i)) {
                    lines.add(new PieceRow(line.cells().get(i)).line(page, frame, false));
                }
            }
            cells.add(lines.isEmpty() ? PdfTable.Cell.EMPTY : new PdfTable.Cell(List.copyOf(lines)));
        }
        return new PdfTable.Row(List.copyOf(cells));
    }

    private static boolean isTable(
            List<PdfTable.Row> rows, int headers, List<PdfTable.Column> columns, List<CellLine> lines, boolean ruled) {
        int several = 0;
        int filled = 0;
        int words = 0;
        for (PdfTable.Row row : rows) {
            int cells = 0;
            for (PdfTable.Cell cell : row.cells()) {
                cells += cell.isEmpty() ? 0 : 1;
                words += cell.isEmpty() ? 0 : cell.text().split(" ", -1).length;
            }
            filled += cells;
            several += cells > 1 ? 1 : 0;
        }
        if (several < 0.6 * rows.size() || filled < 0.4 * rows.size() * columns.size()) {
            return false;
        }
        boolean numeric = false;
        boolean numericLabel = isNumeric(rows, headers, 0);
        for (int i = 1; i < columns.size(); i++) {
            numeric |= isNumeric(rows, headers, i);
        }
        boolean isShort = words <= FEW_WORDS * filled;
        boolean wrapped = lines.size() > rows.size() && rows.size() >= 3;
        boolean evident = numeric || headers > 0 || ruled;
        if (columns.size() >= 3) {
            return evident ? rows.size() >= 3 || numeric || ruled : rows.size() >= 4 && (isShort || wrapped);
        }
        if (numericLabel && !numeric) {
            return headers > 0 || ruled;
        }
        return (evident && (rows.size() >= 3 || isShort))
                || hasNames(rows)
                || (wrapped && isShortLabel(rows))
                || (rows.size() >= 3 && filled == 2 * rows.size() && isShortLabel(rows) && isDrawnByRows(lines))
                || (rows.size() >= 3 && isShort && filled >= 1.9 * rows.size() && isDrawnByRows(lines));
    }

    private static boolean isNumeric(List<PdfTable.Row> rows, int headers, int column) {
        int numbers = 0;
        int filled = 0;
        for (PdfTable.Row row : rows.subList(Math.min(headers, rows.size() - 1), rows.size())) {
            PdfTable.Cell cell = row.cells().get(column);
            if (!cell.isEmpty()) {
                filled++;
                numbers += ColumnText.isNumeric(cell.text()) ? 1 : 0;
            }
        }
        return filled >= 2 && numbers >= 0.6 * filled;
    }

    private static boolean hasNames(List<PdfTable.Row> rows) {
        long names = rows.stream()
                .filter(row -> NAME.matcher(row.cells().getFirst().text()).matches())
                .count();
        long others = rows.stream()
                .filter(row -> NAME.matcher(row.cells().getLast().text()).matches())
                .count();
        return names >= 2 && names >= 0.6 * rows.size() && others == 0;
    }

    private static boolean isShortLabel(List<PdfTable.Row> rows) {
        int words = 0;
        int labels = 0;
        for (PdfTable.Row row : rows) {
            PdfTable.Cell label = row.cells().getFirst();
            if (!label.isEmpty()) {
                labels++;
                words += label.text().split(" ", -1).length;
            }
        }
        return labels >= 0.9 * rows.size() && words <= FEW_WORDS * labels;
    }

    /** Tables are drawn row by row, columns of text one after the other. */
    private static boolean isDrawnByRows(List<CellLine> lines) {
        int byRows = 0;
        int all = 0;
        for (int i = 1; i < lines.size(); i++) {
            CellLine above = lines.get(i - 1);
            CellLine line = lines.get(i);
            if (above.has(1) && line.has(0)) {
                all++;
                byRows += above.cells().get(1).getFirst().order()
                                < line.cells().get(0).getFirst().order()
                        ? 1
                        : 0;
            }
        }
        return all > 0 && byRows >= 0.8 * all;
    }
}
