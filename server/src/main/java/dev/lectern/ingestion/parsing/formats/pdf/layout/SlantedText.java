package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.util.Matrix;

/** Lines that are neither along nor across the page, such as a watermark, in the order in which they were drawn. */
final class SlantedText {
    private static final int MAX_PIECES = 1_000;

    private final List<TextPiece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private double angle;
    private double end;
    private double across;
    private float x;
    private float y;
    private float size;

    void add(String letters, Matrix matrix, double direction, float width, float letterSize) {
        double along = matrix.getTranslateX() * Math.cos(direction) + matrix.getTranslateY() * Math.sin(direction);
        double aside = matrix.getTranslateY() * Math.cos(direction) - matrix.getTranslateX() * Math.sin(direction);
        boolean follows = !text.isEmpty()
                && Math.abs(direction - angle) < 0.02
                && Math.abs(aside - across) < 0.3 * size
                && along - end < 2 * size
                && along - end > -0.5 * size;
        if (!follows) {
            endPiece();
            x = matrix.getTranslateX();
            y = matrix.getTranslateY();
        } else if (along - end > 0.2 * size) {
            text.append(' ');
        }
        text.append(letters);
        angle = direction;
        across = aside;
        size = letterSize;
        end = along + Math.abs(width);
    }

    List<TextPiece> pieces() {
        endPiece();
        return List.copyOf(pieces);
    }

    private void endPiece() {
        String line = text.toString().strip();
        if (!line.isEmpty() && pieces.size() < MAX_PIECES) {
            pieces.add(new TextPiece(line, x, x, y, size, false, false, pieces.size(), new float[0]));
        }
        text.setLength(0);
    }
}
