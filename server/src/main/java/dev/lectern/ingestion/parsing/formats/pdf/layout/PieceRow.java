package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pieces that are beside each other, from left to right. */
record PieceRow(List<TextPiece> pieces) {
    private static final String LEADERS = " .... ";

    /** The rows of pieces from the top. */
    static List<PieceRow> of(List<TextPiece> pieces) {
        List<TextPiece> sorted = new ArrayList<>(pieces);
        sorted.sort(Comparator.comparingDouble(TextPiece::y).thenComparingDouble(TextPiece::left));
        List<PieceRow> rows = new ArrayList<>();
        List<TextPiece> row = new ArrayList<>();
        for (TextPiece piece : sorted) {
            if (!row.isEmpty() && !isBeside(row, piece)) {
                rows.add(sorted(row));
                row = new ArrayList<>();
            }
            row.add(piece);
        }
        if (!row.isEmpty()) {
            rows.add(sorted(row));
        }
        return rows;
    }

    private static PieceRow sorted(List<TextPiece> row) {
        row.sort(Comparator.comparingDouble(TextPiece::left));
        return new PieceRow(List.copyOf(row));
    }

    private static boolean isBeside(List<TextPiece> row, TextPiece piece) {
        float size = row.stream().map(TextPiece::size).reduce(piece.size(), Math::min);
        boolean near = piece.y() - row.getFirst().y() < 0.45f * size;
        return near && row.stream().noneMatch(other -> overlap(other, piece) > 0.5f * size);
    }

    /** How much two pieces are above each other. */
    private static float overlap(TextPiece one, TextPiece other) {
        return Math.min(one.right(), other.right()) - Math.max(one.left(), other.left());
    }

    float y() {
        return pieces.getFirst().y();
    }

    float left() {
        return pieces.getFirst().left();
    }

    float right() {
        return pieces.stream().map(TextPiece::right).reduce(Float.NEGATIVE_INFINITY, Math::max);
    }

    float size() {
        return pieces.stream().map(TextPiece::size).reduce(0f, Math::max);
    }

    /** One line of text. */
    PdfLine line(int page, PageFrame frame, boolean rightToLeft) {
        return line(page, frame, rightToLeft, false);
    }

    /** One line of text that is neither along nor across the page. */
    PdfLine slantedLine(int page, PageFrame frame) {
        return line(page, frame, false, true);
    }

    private PdfLine line(int page, PageFrame frame, boolean rightToLeft, boolean slanted) {
        StringBuilder text = new StringBuilder();
        float letters = 0;
        float size = 0;
        List<TextPiece> ordered = rightToLeft ? pieces.reversed() : pieces;
        boolean leaders = false;
        for (TextPiece piece : ordered) {
            text.append(text.isEmpty() ? "" : leaders ? LEADERS : " ").append(piece.text());
            leaders = piece.hasLeaders();
            letters += piece.text().length();
            size += piece.size() * piece.text().length();
        }
        return new PdfLine(
                text.toString(),
                page,
                frame,
                left(),
                right(),
                y(),
                size / Math.max(1, letters),
                pieces.stream().allMatch(TextPiece::bold),
                pieces.stream().allMatch(TextPiece::mono),
                slanted);
    }
}
