package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.ingestion.parsing.formats.pdf.layout.GutterFinder.Band;
import dev.lectern.text.VisualTextOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts the pieces of a page in reading order: finds its tables, and divides the rest recursively at the widest empty strips between columns of text. Where
 * neither is found, pieces beside each other are one line.
 */
public final class PageLayout {
    private static final int MAX_DEPTH = 60;
    /** Pages with more pieces, such as maps and plans, are read line by line. */
    private static final int MAX_PIECES = 6_000;
    /** A wider space between lines, as a multiple of the usual one, parts what is no running text. */
    private static final float APART = 2.2f;
    /** Pieces of a part of the page that may be above or below its table. */
    private static final double OUTSIDE = 0.2;

    private static final Pattern BULLET =
            Pattern.compile("[•◦▪▫‣●○■□–—*·∙➢✓→❖◆o-]|\\(?(?:\\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]");
    private static final float BULLET_GAP = 3.5f;

    private final int page;
    private final PdfFrame frame;
    private final boolean isMonoCode;
    private final boolean rightToLeft;
    private final AlignedTableFinder alignedTables;
    private final List<PdfElement> elements = new ArrayList<>();

    private PageLayout(int page, PdfFrame frame, boolean isMonoCode) {
        this.page = page;
        this.frame = frame;
        this.isMonoCode = isMonoCode;
        rightToLeft = isRightToLeft(frame.pieces());
        alignedTables = new AlignedTableFinder(page, frame.frame(), frame.rulings(), frame.shades());
    }

    /**
     * The lines and tables of a page in reading order.
     *
     * @param isMonoCode whether letters of fixed width are those of program code, in which columns mean nothing
     */
    public static List<PdfElement> arrange(PdfPage page, boolean isMonoCode) {
        List<PdfElement> elements = new ArrayList<>();
        for (PdfFrame frame : page.frames()) {
            elements.addAll(new PageLayout(page.number(), frame, isMonoCode).arrange());
        }
        PageFrame upright = page.upright().frame();
        for (TextPiece piece : page.slanted()) {
            elements.add(new PieceRow(List.of(piece)).slantedLine(page.number(), upright));
        }
        return elements;
    }

    private List<PdfElement> arrange() {
        List<TextPiece> pieces = new ArrayList<>(withBullets(LeaderSplitter.split(frame.pieces())));
        if (pieces.size() > MAX_PIECES) {
            addLines(pieces, List.of());
            return elements;
        }
        List<PlacedTable> tables = new ArrayList<>();
        if (!isMonoCode(pieces)) {
            tables.addAll(new RuledTableFinder(page, frame, rightToLeft, alignedTables).find(pieces));
            tables.addAll(findBounded(pieces));
        }
        divide(pieces, tables, 0);
        return elements;
    }

    private static boolean isRightToLeft(List<TextPiece> pieces) {
        int right = 0;
        int left = 0;
        for (TextPiece piece : pieces) {
            for (int i = 0; i < piece.text().length(); i++) {
                char character = piece.text().charAt(i);
                if (VisualTextOrder.isRightToLeft(character)) {
                    right++;
                } else if (Character.isLetter(character)) {
                    left++;
                }
            }
        }
        return right > left;
    }

    private boolean isMonoCode(List<TextPiece> pieces) {
        if (!isMonoCode) {
            return false;
        }
        int mono = 0;
        int all = 0;
        for (TextPiece piece : pieces) {
            all += piece.text().length();
            mono += piece.mono() ? piece.text().length() : 0;
        }
        return mono > 0.7 * all;
    }

    /** Bullets and numbers of a list go with the text behind them. */
    private static List<TextPiece> withBullets(List<TextPiece> pieces) {
        List<TextPiece> result = new ArrayList<>();
        for (PieceRow row : PieceRow.of(pieces)) {
            TextPiece bullet = null;
            for (TextPiece piece : row.pieces()) {
                if (bullet != null
                        && piece.left() - bullet.right() < BULLET_GAP * piece.size()
                        && !ColumnText.isNumeric(piece.text())) {
                    result.add(joined(bullet, piece));
                    bullet = null;
                    continue;
                }
                if (bullet != null) {
                    result.add(bullet);
                    bullet = null;
                }
                if (BULLET.matcher(piece.text()).matches()) {
                    bullet = piece;
                } else {
                    result.add(piece);
                }
            }
            if (bullet != null) {
                result.add(bullet);
            }
        }
        return result;
    }

    private static TextPiece joined(TextPiece bullet, TextPiece text) {
        return new TextPiece(
                bullet.text() + " " + text.text(),
                bullet.left(),
                text.right(),
                text.y(),
                text.size(),
                text.bold(),
                text.mono(),
                bullet.order(),
                text.placesBehind(bullet),
                text.hasLeaders());
    }

    /** Tables that have lines only above and below, and mostly below the header. */
    private List<PlacedTable> findBounded(List<TextPiece> pieces) {
        List<Ruling> horizontal = frame.rulings().stream()
                .filter(Ruling::horizontal)
                .filter(ruling -> ruling.length() > 60)
                .sorted(Comparator.comparingDouble(Ruling::at))
                .toList();
        List<PlacedTable> tables = new ArrayList<>();
        boolean[] used = new boolean[horizontal.size()];
        for (int i = 0; i < horizontal.size(); i++) {
            int last = used[i] ? i : lastAlike(horizontal, i);
            if (last == i) {
                continue;
            }
            Ruling top = horizontal.get(i);
            Ruling bottom = horizontal.get(last);
            List<TextPiece> inside = pieces.stream()
                    .filter(piece -> piece.y() > top.at()
                            && piece.y() < bottom.at()
                            && piece.middle() > top.from() - 4
                            && piece.middle() < top.to() + 4)
                    .toList();
            AlignedTableFinder.Found found = alignedTables.find(inside, true);
            if (found != null && found.above().size() + found.below().size() <= OUTSIDE * inside.size()) {
                tables.add(found.table());
                pieces.removeAll(inside);
                pieces.addAll(found.above());
                pieces.addAll(found.below());
                for (int j = i; j <= last; j++) {
                    used[j] = true;
                }
            }
        }
        return tables;
    }

    /** The last of the lines that begin and end at the same places as one. */
    private static int lastAlike(List<Ruling> horizontal, int first) {
        Ruling ruling = horizontal.get(first);
        int last = first;
        for (int i = first + 1; i < Math.min(horizontal.size(), first + 200); i++) {
            Ruling other = horizontal.get(i);
            if (Math.abs(other.from() - ruling.from()) < 4 && Math.abs(other.to() - ruling.to()) < 4) {
                last = i;
            }
        }
        return last;
    }

    private void divide(List<TextPiece> pieces, List<PlacedTable> tables, int depth) {
        Band band = depth > MAX_DEPTH || pieces.size() < 4 || isMonoCode(pieces)
                ? null
                : new GutterFinder(pieces, tables, frame.rulings()).find();
        if (band == null) {
            addLines(pieces, tables);
            return;
        }
        List<TextPiece> above = new ArrayList<>();
        List<TextPiece> inside = new ArrayList<>();
        List<TextPiece> below = new ArrayList<>();
        for (TextPiece piece : pieces) {
            (band.has(piece.y()) ? inside : piece.y() <= band.top() ? above : below).add(piece);
        }
        List<PlacedTable> tablesAbove = new ArrayList<>();
        List<PlacedTable> tablesInside = new ArrayList<>();
        List<PlacedTable> tablesBelow = new ArrayList<>();
        for (PlacedTable table : tables) {
            float middle = (table.top() + table.bottom()) / 2;
            (band.has(middle) ? tablesInside : middle <= band.top() ? tablesAbove : tablesBelow).add(table);
        }
        addPart(above, tablesAbove, depth);
        divideBand(inside, tablesInside, band, depth);
        addPart(below, tablesBelow, depth);
    }

    private void addPart(List<TextPiece> pieces, List<PlacedTable> tables, int depth) {
        if (!pieces.isEmpty() || !tables.isEmpty()) {
            divide(pieces, tables, depth + 1);
        }
    }

    private void divideBand(List<TextPiece> pieces, List<PlacedTable> tables, Band band, int depth) {
        List<TextPiece> left = pieces.stream().filter(band::isLeft).toList();
        List<TextPiece> right =
                pieces.stream().filter(piece -> !band.isLeft(piece)).toList();
        ColumnKind kind = ColumnKind.of(new ColumnText(left), new ColumnText(right));
        if (kind == ColumnKind.TEXT || !tables.isEmpty()) {
            divideColumns(left, right, tables, band, depth);
            return;
        }
        List<List<TextPiece>> parts = kind == ColumnKind.MIXED ? List.of(pieces) : apart(pieces);
        if (parts.size() > 1) {
            parts.forEach(part -> divide(part, List.of(), depth + 1));
            return;
        }
        AlignedTableFinder.Found found = alignedTables.find(pieces, false);
        if (found != null && (kind != ColumnKind.MIXED || isMainPart(found, pieces))) {
            addPart(found.above(), List.of(), depth);
            elements.add(ordered(found.table().table()));
            addPart(found.below(), List.of(), depth);
        } else if (kind == ColumnKind.SHORT_LINES || kind == ColumnKind.MIXED) {
            divideColumns(left, right, tables, band, depth);
        } else {
            addLines(pieces, tables);
        }
    }

    /** Whether a table is nearly all that there is, and has columns besides those of running text. */
    private static boolean isMainPart(AlignedTableFinder.Found found, List<TextPiece> pieces) {
        List<PdfTable.Column> columns = found.table().table().columns();
        long texts = columns.stream()
                .filter(column -> new ColumnText(pieces.stream()
                                .filter(piece -> column.left() < piece.middle() && piece.middle() < column.right())
                                .toList())
                        .isRunningText())
                .count();
        return columns.size() >= 3
                && 2 * texts < columns.size()
                && found.above().size() + found.below().size() <= OUTSIDE * pieces.size();
    }

    private void divideColumns(
            List<TextPiece> left, List<TextPiece> right, List<PlacedTable> tables, Band band, int depth) {
        float middle = (band.left() + band.right()) / 2;
        List<PlacedTable> tablesLeft = tables.stream()
                .filter(table -> (table.left() + table.right()) / 2 < middle)
                .toList();
        List<PlacedTable> tablesRight = tables.stream()
                .filter(table -> (table.left() + table.right()) / 2 >= middle)
                .toList();
        if (rightToLeft) {
            addPart(right, tablesRight, depth);
            addPart(left, tablesLeft, depth);
        } else {
            addPart(left, tablesLeft, depth);
            addPart(right, tablesRight, depth);
        }
    }

    /** Parts between which there is far more space than between other lines. */
    private static List<List<TextPiece>> apart(List<TextPiece> pieces) {
        List<PieceRow> rows = PieceRow.of(pieces);
        float[] distances = new float[Math.max(0, rows.size() - 1)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = rows.get(i + 1).y() - rows.get(i).y();
        }
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        float usual = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        List<List<TextPiece>> parts = new ArrayList<>();
        List<TextPiece> part = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0
                    && distances[i - 1]
                            > Math.max(APART * usual, 2 * rows.get(i).size())) {
                parts.add(part);
                part = new ArrayList<>();
            }
            part.addAll(rows.get(i).pieces());
        }
        parts.add(part);
        return parts;
    }

    /** Lines and tables from the top. */
    private void addLines(List<TextPiece> pieces, List<PlacedTable> tables) {
        List<PlacedTable> left = new ArrayList<>(tables);
        left.sort(Comparator.comparingDouble(PlacedTable::top));
        for (PieceRow row : PieceRow.of(pieces)) {
            while (!left.isEmpty() && left.getFirst().top() < row.y()) {
                elements.add(ordered(left.removeFirst().table()));
            }
            elements.add(row.line(page, frame.frame(), rightToLeft));
        }
        left.forEach(table -> elements.add(ordered(table.table())));
    }

    /** The first column of a table that is written from right to left is the right one. */
    private PdfTable ordered(PdfTable table) {
        if (!rightToLeft) {
            return table;
        }
        List<PdfTable.Row> rows = table.rows().stream()
                .map(row -> new PdfTable.Row(List.copyOf(row.cells().reversed())))
                .toList();
        return new PdfTable(
                table.page(),
                table.frame(),
                rows,
                table.headerRows(),
                table.isHeaderMarked(),
                List.copyOf(table.columns().reversed()));
    }
}
