package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is drawn on a page.
 *
 * @param number from 1
 * @param frames with text; that of the direction in which the page is read comes first, and may have no text
 * @param slanted lines that are neither along nor across the page, such as a watermark, in the order in which they were drawn
 * @param pictures those of a size that can be seen; equal pictures are equal objects
 * @param covered part of the page that its largest picture covers, from 0 to 1
 * @param unreadable characters that the fonts give no meaning to
 */
public record PdfPage(
        int number,
        List<PdfFrame> frames,
        List<TextPiece> slanted,
        Set<Object> pictures,
        float covered,
        int unreadable) {

    /** The frame of the direction in which the page is read. */
    public PdfFrame upright() {
        return frames.getFirst();
    }

    /** The same page with other pieces in its upright frame, and other slanted ones. */
    public PdfPage with(List<TextPiece> pieces, List<TextPiece> otherSlanted) {
        List<PdfFrame> others = new ArrayList<>(frames);
        others.set(0, upright().withPieces(pieces));
        return new PdfPage(number, List.copyOf(others), otherSlanted, pictures, covered, unreadable);
    }

    public boolean hasText() {
        return !slanted.isEmpty()
                || frames.stream().anyMatch(frame -> !frame.pieces().isEmpty());
    }
}
