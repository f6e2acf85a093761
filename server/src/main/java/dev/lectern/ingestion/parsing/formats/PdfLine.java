package dev.lectern.ingestion.parsing.formats;

/**
 * A line on a page, as it is printed.
 *
 * @param left from the page's left, points
 * @param y of its base line, from the page's top, points
 * @param size of its letters, points
 */
record PdfLine(String text, int page, float left, float right, float y, float size, boolean bold, boolean mono) {

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
