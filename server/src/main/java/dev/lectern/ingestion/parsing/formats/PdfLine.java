package dev.lectern.ingestion.parsing.formats;

import java.util.List;

/**
 * A line on a page, as it is printed.
 *
 * @param left from the page's left, points
 * @param y of its base line, from the page's top, points
 * @param size of its letters, points
 * @param pieces between wide gaps, from left to right; empty when it has no such gap
 */
record PdfLine(
        String text,
        int page,
        float left,
        float right,
        float y,
        float size,
        boolean bold,
        boolean mono,
        List<PdfLine> pieces) {

    /** A line without wide gaps. */
    PdfLine(String text, int page, float left, float right, float y, float size, boolean bold, boolean mono) {
        this(text, page, left, right, y, size, bold, mono, List.of());
    }

    boolean endsSentence() {
        int last = text.length() - 1;
        while (last > 0 && "\"'”’)»]".indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        return last >= 0 && ".!?:;。！？：".indexOf(text.charAt(last)) >= 0;
    }

    boolean startsLower() {
        return Character.isLowerCase(text.codePointAt(0));
    }

    boolean sameSizeAs(PdfLine other) {
        return Math.abs(size - other.size) <= 0.1f * Math.max(size, other.size);
    }
}
