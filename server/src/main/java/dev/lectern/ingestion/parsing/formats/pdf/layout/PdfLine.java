package dev.lectern.ingestion.parsing.formats.pdf.layout;

/**
 * A line on a page, as it is printed.
 *
 * @param left from the left of the frame, points
 * @param y of its base line, from the top of the frame, points
 * @param size of its letters, points
 * @param slanted whether it is neither along nor across the page, such as a watermark
 */
public record PdfLine(
        String text,
        int page,
        PageFrame frame,
        float left,
        float right,
        float y,
        float size,
        boolean bold,
        boolean mono,
        boolean slanted)
        implements PdfElement {
    /** From the top of capital letters to below the base line, as a multiple of the size. */
    private static final float LINE_HEIGHT = 1.25f;

    public boolean endsSentence() {
        int last = text.length() - 1;
        while (last > 0 && "\"'”’)»]".indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        return last >= 0 && ".!?:;。！？：".indexOf(text.charAt(last)) >= 0;
    }

    public boolean startsLower() {
        return Character.isLowerCase(text.codePointAt(0));
    }

    public boolean sameSizeAs(PdfLine other) {
        return Math.abs(size - other.size) <= 0.1f * Math.max(size, other.size);
    }

    /** Where it is on the upright page. */
    public PageFrame.Area area() {
        return frame.area(left, y - size, right, y - size + LINE_HEIGHT * size);
    }

    PdfLine withText(String other) {
        return new PdfLine(other, page, frame, left, right, y, size, bold, mono, slanted);
    }
}
