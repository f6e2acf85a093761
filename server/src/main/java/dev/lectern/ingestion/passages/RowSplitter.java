package dev.lectern.ingestion.passages;

import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Splits a row that does not fit into a passage: between cells, and within a cell that is too long itself. Each piece knows the label of its row. */
final class RowSplitter {
    /** UTF-16 units of a label that is repeated. */
    private static final int MAX_LABEL = 80;

    private final String text;
    private final ToIntFunction<Span> tokens;
    private final Function<Span, List<Span>> cellDivider;

    /** @param cellDivider divides a cell that is too long */
    RowSplitter(String text, ToIntFunction<Span> tokens, Function<Span, List<Span>> cellDivider) {
        this.text = text;
        this.tokens = tokens;
        this.cellDivider = cellDivider;
    }

    record Piece(Span span, TableContext context) {}

    /**
     * @param row without white space at its ends
     * @param maxTokens of a piece
     */
    List<Piece> split(Span row, TableContext context, int maxTokens) {
        List<Piece> pieces = new ArrayList<>();
        String label = TableContext.label(TableContext.cells(row.in(text).replaceAll("\\s", " ")));
        String repeated = label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL).strip();
        StringBuilder start = new StringBuilder();
        String pieceStart = "";
        Span piece = null;
        int size = 0;
        int from = row.start();
        while (from <= row.end()) {
            int gap = text.indexOf(TableContext.CELL_GAP, from);
            int end = gap < 0 || gap >= row.end() ? row.end() : gap;
            for (Span part : parts(new Span(from, end), maxTokens)) {
                int count = tokens.applyAsInt(part) + 1;
                if (piece != null && size + count > maxTokens) {
                    pieces.add(piece(piece, pieceStart, context));
                    piece = null;
                }
                if (piece == null) {
                    piece = part;
                    pieceStart = start.toString();
                    size = 0;
                } else {
                    piece = new Span(piece.start(), part.end());
                }
                size += count;
            }
            start.append(start.isEmpty() ? repeated : "").append(TableContext.CELL_GAP);
            from = end + TableContext.CELL_GAP.length();
        }
        if (piece != null) {
            pieces.add(piece(piece, pieceStart, context));
        }
        return pieces;
    }

    private List<Span> parts(Span cell, int maxTokens) {
        if (cell.start() >= cell.end() || text.substring(cell.start(), cell.end()).isBlank()) {
            return List.of();
        }
        return tokens.applyAsInt(cell) <= maxTokens ? List.of(cell) : cellDivider.apply(cell);
    }

    private Piece piece(Span span, String start, TableContext context) {
        Span trimmed = Span.trimmed(text, span.start(), span.end());
        return new Piece(
                trimmed, new TableContext(context.columns(), context.group(), start, context.caption()));
    }
}
