package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.List;

/** What is drawn on a page in one direction. */
public record PdfFrame(PageFrame frame, List<TextPiece> pieces, List<Ruling> rulings, List<Shade> shades) {
    PdfFrame withPieces(List<TextPiece> others) {
        return new PdfFrame(frame, others, rulings, shades);
    }
}
