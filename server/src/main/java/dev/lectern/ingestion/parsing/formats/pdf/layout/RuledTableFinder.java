package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.ingestion.parsing.formats.pdf.layout.TableRowGrouper.CellLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recognises tables by the lines around their cells. A cell that goes over several rows or columns is in each of them. */
final class RuledTableFinder {
    /** Lines that end this near to each other meet, points. */
    private static final float NEAR = 3;

    /** A column or row at the side of a table that has no line there is wider, points. */
    private static final float SIDE = 8;

    private static final int MAX_CROSSINGS = 4_000_000;
    /** A table with fewer has no lines between its rows. */
    private static final int FEW_ROWS = 3;

    private static final int MAX_COLUMNS = 60;
    private static final int MAX_ROWS = 1_000;
    /** A cell with more lines is a part of the page, not of a table. */
    private static final int MAX_CELL_LINES = 40;
    /** Of the pieces within a table, so many may be crossed by a line of it. */
    private static final double STRUCK = 0.1;

    private final int page;
    private final PdfFrame frame;
    private final boolean rightToLeft;
    private final AlignedTableFinder alignedTables;

    /** @param alignedTables finds columns that have no lines between them */
    RuledTableFinder(int page, PdfFrame frame, boolean rightToLeft, AlignedTableFinder alignedTables) {
        this.page = page;
        this.frame = frame;
        this.rightToLeft = rightToLeft;
        this.alignedTables = alignedTables;
    }

    /** Tables from the top. Pieces within them are removed from {@code pieces}. */
    List<PlacedTable> find(List<TextPiece> pieces) {
        List<PlacedTable> tables = new ArrayList<>();
        for (List<Ruling> connected : components()) {
            Grid grid = grid(connected);
            if (grid == null) {
                continue;
            }
            List<TextPiece> inside = pieces.stream().filter(grid::encloses).toList();
            PdfTable table = inside.isEmpty() || goesThroughText(connected, inside) ? null : table(grid, inside);
            AlignedTableFinder.Found aligned =
                    table != null && grid.rows() <= FEW_ROWS ? alignedTables.find(inside, true) : null;
            if (aligned != null && isBetter(aligned, grid, inside)) {
                tables.add(aligned.table());
                pieces.removeAll(inside);
                pieces.addAll(aligned.above());
                pieces.addAll(aligned.below());
            } else if (table != null) {
                tables.add(new PlacedTable(table, grid.left(), grid.top(), grid.right(), grid.bottom()));
                pieces.removeAll(inside);
            }
        }
        tables.sort(Comparator.comparingDouble(PlacedTable::top));
        return tables;
    }

    /** Lines may only part groups of columns. */
    private static boolean isBetter(AlignedTableFinder.Found aligned, Grid grid, List<TextPiece> inside) {
        return aligned.table().table().columns().size() > grid.columns()
                && aligned.above().size() + aligned.below().size() <= 0.1 * inside.size();
    }

    /** Lines that cross or meet each other. */
    private List<List<Ruling>> components() {
        List<Ruling> all = frame.rulings();
        List<Ruling> horizontal = all.stream().filter(Ruling::horizontal).toList();
        List<Ruling> vertical =
                all.stream().filter(ruling -> !ruling.horizontal()).toList();
        if ((long) horizontal.size() * vertical.size() > MAX_CROSSINGS) {
            return List.of();
        }
        UnionFind union = new UnionFind(horizontal.size() + vertical.size());
        for (int i = 0; i < horizontal.size(); i++) {
            for (int j = 0; j < vertical.size(); j++) {
                if (meet(horizontal.get(i), vertical.get(j))) {
                    union.join(i, horizontal.size() + j);
                }
            }
        }
        Map<Integer, List<Ruling>> components = new TreeMap<>();
        for (int i = 0; i < horizontal.size() + vertical.size(); i++) {
            Ruling ruling = i < horizontal.size() ? horizontal.get(i) : vertical.get(i - horizontal.size());
            components.computeIfAbsent(union.find(i), root -> new ArrayList<>()).add(ruling);
        }
        return List.copyOf(components.values());
    }

    private static boolean meet(Ruling horizontal, Ruling vertical) {
        return vertical.at() >= horizontal.from() - NEAR
                && vertical.at() <= horizontal.to() + NEAR
                && horizontal.at() >= vertical.from() - NEAR
                && horizontal.at() <= vertical.to() + NEAR;
    }

    /**
     * @param xs of the vertical lines
     * @param ys of the horizontal ones
     * @param roots for each place by rows, what is one cell
     */
    private record Grid(List<Float> xs, List<Float> ys, UnionFind roots) {
        float left() {
            return xs.getFirst();
        }

        float right() {
            return xs.getLast();
        }

        float top() {
            return ys.getFirst();
        }

        float bottom() {
            return ys.getLast();
        }

        int columns() {
            return xs.size() - 1;
        }

        int rows() {
            return ys.size() - 1;
        }

        int cell(int row, int column) {
            return roots.find(row * columns() + column);
        }

        boolean encloses(TextPiece piece) {
            float y = piece.y() - 0.3f * piece.size();
            return piece.middle() > left() && piece.middle() < right() && y > top() && y < bottom();
        }

        int column(double x) {
            return index(xs, x);
        }

        int row(TextPiece piece) {
            return index(ys, piece.y() - 0.3 * piece.size());
        }

        private static int index(List<Float> lines, double at) {
            int index = 0;
            while (index < lines.size() - 2 && at >= lines.get(index + 1)) {
                index++;
            }
            return index;
        }
    }

    private static @Nullable Grid grid(List<Ruling> connected) {
        List<Float> xs = withEnds(places(connected, false), connected, true);
        List<Float> ys = withEnds(places(connected, true), connected, false);
        if (xs.size() < 3 || ys.size() < 2 || xs.size() > MAX_COLUMNS || ys.size() > MAX_ROWS) {
            return null;
        }
        int columns = xs.size() - 1;
        int rows = ys.size() - 1;
        UnionFind roots = new UnionFind(columns * rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (column + 1 < columns
                        && isOpen(connected, false, xs.get(column + 1), ys.get(row), ys.get(row + 1))) {
                    roots.join(row * columns + column, row * columns + column + 1);
                }
                if (row + 1 < rows && isOpen(connected, true, ys.get(row + 1), xs.get(column), xs.get(column + 1))) {
                    roots.join(row * columns + column, (row + 1) * columns + column);
                }
            }
        }
        return hasRectangles(roots, columns, rows) ? new Grid(xs, ys, roots) : null;
    }

    /** Whether each cell is a rectangle. Where lines are missing it is none, and the lines are not those of a table's cells. */
    private static boolean hasRectangles(UnionFind roots, int columns, int rows) {
        Map<Integer, int[]> bounds = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                bounds.merge(
                        roots.find(row * columns + column),
                        new int[] {column, column, row, row, 1},
                        (one, other) -> new int[] {
                            Math.min(one[0], other[0]),
                            Math.max(one[1], other[1]),
                            Math.min(one[2], other[2]),
                            Math.max(one[3], other[3]),
                            one[4] + 1
                        });
            }
        }
        return bounds.values().stream().allMatch(box -> (box[1] - box[0] + 1) * (box[3] - box[2] + 1) == box[4]);
    }

    private static List<Float> places(List<Ruling> rulings, boolean horizontal) {
        List<Float> sorted = rulings.stream()
                .filter(ruling -> ruling.horizontal() == horizontal)
                .map(Ruling::at)
                .sorted()
                .toList();
        List<Float> places = new ArrayList<>();
        for (float at : sorted) {
            if (places.isEmpty() || at - places.getLast() > NEAR) {
                places.add(at);
            }
        }
        return places;
    }

    /** A table may have no lines at its sides, but lines along its rows that go on to there. */
    private static List<Float> withEnds(List<Float> places, List<Ruling> rulings, boolean horizontal) {
        if (places.isEmpty()) {
            return places;
        }
        float from = places.getFirst();
        float to = places.getLast();
        for (Ruling ruling : rulings) {
            if (ruling.horizontal() == horizontal) {
                from = Math.min(from, ruling.from());
                to = Math.max(to, ruling.to());
            }
        }
        List<Float> result = new ArrayList<>(places);
        if (from < places.getFirst() - SIDE) {
            result.addFirst(from);
        }
        if (to > places.getLast() + SIDE) {
            result.add(to);
        }
        return result;
    }

    private static boolean isOpen(List<Ruling> rulings, boolean horizontal, float at, float from, float to) {
        return rulings.stream()
                .noneMatch(ruling -> ruling.horizontal() == horizontal
                        && Math.abs(ruling.at() - at) <= NEAR + 0.5f
                        && ruling.covers(from, to));
    }

    /** Whether the lines go through words, as those of a diagram or of a frame behind the text do. */
    private static boolean goesThroughText(List<Ruling> connected, List<TextPiece> inside) {
        List<Ruling> vertical =
                connected.stream().filter(ruling -> !ruling.horizontal()).toList();
        long struck = inside.stream()
                .filter(piece -> vertical.stream()
                        .anyMatch(ruling -> ruling.from() < piece.y() - 0.4f * piece.size()
                                && ruling.to() > piece.y()
                                && piece.hasWordAcross(ruling.at())))
                .count();
        return struck > STRUCK * inside.size();
    }

    private @Nullable PdfTable table(Grid drawn, List<TextPiece> inside) {
        Grid grid = withRowsOfLines(drawn, inside);
        Map<Integer, List<TextPiece>> byCell = byCell(grid, inside);
        List<PdfTable.Column> columns = new ArrayList<>();
        for (int i = 0; i < grid.columns(); i++) {
            columns.add(new PdfTable.Column(grid.xs().get(i), grid.xs().get(i + 1)));
        }
        List<PdfTable.Row> rows = rows(grid, byCell, columns);
        long several = rows.stream()
                .filter(row -> row.cells().stream()
                                .filter(cell -> !cell.isEmpty())
                                .distinct()
                                .count()
                        > 1)
                .count();
        boolean isLayout = rows.stream()
                .anyMatch(row ->
                        row.cells().stream().anyMatch(cell -> cell.lines().size() > MAX_CELL_LINES));
        if (rows.size() < 2 || several < 2 || isLayout) {
            return null;
        }
        List<Ruling> through = frame.rulings().stream()
                .filter(Ruling::horizontal)
                .filter(ruling -> ruling.at() > grid.top() + NEAR && ruling.at() < grid.bottom() - NEAR)
                .filter(ruling -> ruling.covers(grid.left(), grid.right()))
                .toList();
        TableHeaderFinder.Header header = new TableHeaderFinder(rows, through, frame.shades()).find();
        return new PdfTable(page, frame.frame(), rows, header.rows(), header.marked(), columns);
    }

    private static Map<Integer, List<TextPiece>> byCell(Grid grid, List<TextPiece> inside) {
        Map<Integer, List<TextPiece>> byCell = new HashMap<>();
        for (TextPiece piece : inside) {
            int row = grid.row(piece);
            for (int column = 0; column < grid.columns(); column++) {
                int cell = grid.cell(row, column);
                if (column > 0 && cell == grid.cell(row, column - 1)) {
                    continue;
                }
                TextPiece part = piece.part(x -> grid.cell(row, grid.column(x)) == cell);
                if (part != null) {
                    byCell.computeIfAbsent(cell, key -> new ArrayList<>()).add(part);
                }
            }
        }
        return byCell;
    }

    /** The lines along the rows may not go through a column of labels; if a cell over several rows has as many lines as rows, they are its rows'. */
    private static Grid withRowsOfLines(Grid grid, List<TextPiece> inside) {
        int places = grid.rows() * grid.columns();
        Map<Integer, Set<Integer>> rows = new HashMap<>();
        for (int place = 0; place < places; place++) {
            rows.computeIfAbsent(grid.roots().find(place), cell -> new HashSet<>())
                    .add(place / grid.columns());
        }
        Set<Integer> divided = new HashSet<>();
        byCell(grid, inside).forEach((cell, pieces) -> {
            int spanned = rows.getOrDefault(cell, Set.of()).size();
            long filled = pieces.stream().map(grid::row).distinct().count();
            if (spanned >= 3 && filled >= 3 && filled >= 0.6 * spanned) {
                divided.add(cell);
            }
        });
        if (divided.isEmpty()) {
            return grid;
        }
        UnionFind roots = new UnionFind(places);
        for (int place = 0; place < places; place++) {
            int cell = grid.roots().find(place);
            if (!divided.contains(cell)) {
                roots.join(place, cell);
            } else if (place % grid.columns() > 0 && grid.roots().find(place - 1) == cell) {
                roots.join(place, place - 1);
            }
        }
        return new Grid(grid.xs(), grid.ys(), roots);
    }

    private List<PdfTable.Row> rows(Grid grid, Map<Integer, List<TextPiece>> byCell, List<PdfTable.Column> columns) {
        List<PdfTable.Row> rows = new ArrayList<>();
        Map<Integer, PdfTable.Cell> cells = new HashMap<>();
        byCell.forEach((cell, pieces) -> cells.put(cell, cell(pieces)));
        boolean sparse = grid.rows() <= FEW_ROWS;
        for (int row = 0; row < grid.rows(); row++) {
            List<PdfTable.Cell> line = new ArrayList<>();
            int longest = 0;
            for (int column = 0; column < grid.columns(); column++) {
                PdfTable.Cell cell = cells.getOrDefault(grid.cell(row, column), PdfTable.Cell.EMPTY);
                longest = Math.max(longest, cell.lines().size());
                line.add(cell);
            }
            if (longest >= 2 && isUndivided(grid, row, byCell, columns, sparse && longest >= 4)) {
                rows.addAll(divided(grid, row, byCell, columns));
            } else if (line.stream().anyMatch(cell -> !cell.isEmpty())) {
                rows.add(new PdfTable.Row(List.copyOf(line)));
            }
        }
        return rows;
    }

    private PdfTable.Cell cell(List<TextPiece> pieces) {
        return new PdfTable.Cell(PieceRow.of(pieces).stream()
                .map(row -> row.line(page, frame.frame(), rightToLeft))
                .toList());
    }

    /** Whether there are several rows without lines between them. */
    private static boolean isUndivided(
            Grid grid, int row, Map<Integer, List<TextPiece>> byCell, List<PdfTable.Column> columns, boolean sparse) {
        for (int column = 0; column < grid.columns(); column++) {
            int cell = grid.cell(row, column);
            boolean goesOver = (row > 0 && grid.cell(row - 1, column) == cell)
                    || (row + 1 < grid.rows() && grid.cell(row + 1, column) == cell);
            if (goesOver) {
                return false;
            }
        }
        List<CellLine> lines = lines(grid, row, byCell, columns);
        return sparse || new TableRowGrouper(lines, columns, List.of()).areWhole(lines);
    }

    private static List<CellLine> lines(
            Grid grid, int row, Map<Integer, List<TextPiece>> byCell, List<PdfTable.Column> columns) {
        List<TextPiece> pieces = new ArrayList<>();
        for (int column = 0; column < grid.columns(); column++) {
            if (column == 0 || grid.cell(row, column) != grid.cell(row, column - 1)) {
                pieces.addAll(byCell.getOrDefault(grid.cell(row, column), List.of()));
            }
        }
        return PieceRow.of(pieces).stream()
                .map(one -> TableColumnFinder.place(one, columns))
                .toList();
    }

    private List<PdfTable.Row> divided(
            Grid grid, int row, Map<Integer, List<TextPiece>> byCell, List<PdfTable.Column> columns) {
        List<CellLine> lines = lines(grid, row, byCell, columns);
        TableRowGrouper grouper = new TableRowGrouper(lines, columns, List.of());
        List<List<CellLine>> groups =
                grouper.areWhole(lines) ? lines.stream().map(List::of).toList() : grouper.group();
        List<PdfTable.Row> rows = new ArrayList<>();
        for (List<CellLine> group : groups) {
            List<PdfTable.Cell> cells = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                List<TextPiece> content = new ArrayList<>();
                for (CellLine line : group) {
                    content.addAll(line.cells().get(column));
                }
                cells.add(content.isEmpty() ? PdfTable.Cell.EMPTY : cell(content));
            }
            rows.add(new PdfTable.Row(List.copyOf(cells)));
        }
        return rows;
    }
}
