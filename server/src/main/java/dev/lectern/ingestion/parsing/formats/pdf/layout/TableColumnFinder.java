package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the columns of a table by the strips that no line, or few lines, lie across, and puts pieces into them. */
final class TableColumnFinder {
    private static final int MAX_COLUMNS = 60;
    /** A heading may go over several columns. */
    private static final double ACROSS = 0.15;

    private static final float NARROWEST = 0.45f;

    private TableColumnFinder() {}

    /** @param rows with more than one piece; @return the places of the columns from left to right; one column if there are no strips */
    static List<PdfTable.Column> find(List<PieceRow> rows) {
        List<float[]> ends = new ArrayList<>();
        float size = 0;
        for (PieceRow row : rows) {
            size += row.size();
            for (TextPiece piece : row.pieces()) {
                ends.add(new float[] {piece.left(), 1});
                ends.add(new float[] {piece.right(), -1});
            }
        }
        size /= Math.max(1, rows.size());
        ends.sort(Comparator.<float[]>comparingDouble(end -> end[0]).thenComparingDouble(end -> -end[1]));
        int tolerated = rows.size() <= 3 ? 0 : Math.max(1, (int) (ACROSS * rows.size()));
        List<PdfTable.Column> columns = new ArrayList<>();
        int covering = 0;
        float left = Float.NaN;
        float right = Float.NaN;
        for (int i = 0; i < ends.size(); i++) {
            float[] end = ends.get(i);
            boolean wasInside = covering > tolerated;
            covering += (int) end[1];
            boolean isInside = covering > tolerated;
            if (isInside && !wasInside) {
                if (Float.isNaN(left)) {
                    left = end[0];
                } else if (end[0] - right > NARROWEST * size) {
                    columns.add(new PdfTable.Column(left, right));
                    left = end[0];
                }
            }
            if (wasInside && !isInside) {
                right = end[0];
            }
        }
        if (!Float.isNaN(left)) {
            columns.add(new PdfTable.Column(left, right));
        }
        return columns.size() > MAX_COLUMNS ? columns.subList(0, 1) : widened(columns, rows);
    }

    /** The columns with what only few lines have at their sides. */
    private static List<PdfTable.Column> widened(List<PdfTable.Column> columns, List<PieceRow> rows) {
        List<PdfTable.Column> result = new ArrayList<>();
        for (PdfTable.Column column : columns) {
            float left = column.left();
            float right = column.right();
            for (PieceRow row : rows) {
                for (TextPiece piece : row.pieces()) {
                    if (isOnlyIn(piece, column, columns)) {
                        left = Math.min(left, piece.left());
                        right = Math.max(right, piece.right());
                    }
                }
            }
            result.add(new PdfTable.Column(left, right));
        }
        return result;
    }

    private static boolean isOnlyIn(TextPiece piece, PdfTable.Column column, List<PdfTable.Column> columns) {
        return columns.stream().allMatch(other -> other.equals(column) == isOver(piece, other));
    }

    private static boolean isOver(TextPiece piece, PdfTable.Column column) {
        return piece.left() < column.right() && piece.right() > column.left();
    }

    /** The pieces of a row by their columns. A piece over several columns is cut between words, or else is in each of them. */
    static TableRowGrouper.CellLine place(PieceRow row, List<PdfTable.Column> columns) {
        List<List<TextPiece>> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(new ArrayList<>()));
        for (TextPiece piece : row.pieces()) {
            place(piece, columns, cells);
        }
        return new TableRowGrouper.CellLine(row.y(), row.size(), cells);
    }

    private static void place(TextPiece piece, List<PdfTable.Column> columns, List<List<TextPiece>> cells) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < columns.size(); i++) {
            if (isOver(piece, columns.get(i))) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first < 0) {
            cells.get(nearest(piece, columns)).add(piece);
            return;
        }
        if (first == last) {
            cells.get(first).add(piece);
            return;
        }
        for (int i = first; i < last; i++) {
            float from = columns.get(i).right();
            float to = columns.get(i + 1).left();
            if (piece.hasGapIn((from + to) / 2 - 0.1f, (from + to) / 2 + 0.1f) && piece.words() > 1) {
                float middle = (from + to) / 2;
                TextPiece before = piece.part(x -> x < middle);
                TextPiece after = piece.part(x -> x >= middle);
                if (before != null && after != null) {
                    place(before, columns, cells);
                    place(after, columns, cells);
                    return;
                }
            }
        }
        int main = mostly(piece, columns);
        if (main >= 0) {
            cells.get(main).add(piece);
            return;
        }
        for (int i = first; i <= last; i++) {
            cells.get(i).add(piece);
        }
    }

    /** The column that has most of a piece, if the others have only its edges; else -1. */
    private static int mostly(TextPiece piece, List<PdfTable.Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            PdfTable.Column column = columns.get(i);
            float over = Math.min(piece.right(), column.right()) - Math.max(piece.left(), column.left());
            if (over > 0.7f * piece.width()) {
                return i;
            }
        }
        return -1;
    }

    private static int nearest(TextPiece piece, List<PdfTable.Column> columns) {
        int nearest = 0;
        float best = Float.MAX_VALUE;
        for (int i = 0; i < columns.size(); i++) {
            float middle = (columns.get(i).left() + columns.get(i).right()) / 2;
            if (Math.abs(piece.middle() - middle) < best) {
                best = Math.abs(piece.middle() - middle);
                nearest = i;
            }
        }
        return nearest;
    }
}
