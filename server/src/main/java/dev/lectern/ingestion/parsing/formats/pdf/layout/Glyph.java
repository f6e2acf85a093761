package dev.lectern.ingestion.parsing.formats.pdf.layout;

/** What a font draws at one place: a letter, a ligature of several, or a letter with the marks that were drawn onto it. */
final class Glyph {
    String text;
    float left;
    float right;
    final float y;
    final float size;
    final boolean bold;
    final boolean mono;
    /** Width of a space of the font, points; 0 when it is not known. */
    final float spaceWidth;

    final int order;
    /** Its place in its line: its left end, or that of the glyph that was drawn before it if it goes back a little. */
    float place;
    /** Whether a space was drawn before it. */
    boolean afterSpace;

    Glyph(
            String text,
            float left,
            float right,
            float y,
            float size,
            boolean bold,
            boolean mono,
            float spaceWidth,
            int order) {
        this.text = text;
        this.left = left;
        this.place = left;
        this.right = right;
        this.y = y;
        this.size = size;
        this.bold = bold;
        this.mono = mono;
        this.spaceWidth = spaceWidth;
        this.order = order;
    }

    float middle() {
        return (left + right) / 2;
    }

    float width() {
        return right - left;
    }

    boolean isBlank() {
        return text.isBlank();
    }
}
