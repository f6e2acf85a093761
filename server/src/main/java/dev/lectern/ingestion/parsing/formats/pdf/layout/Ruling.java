package dev.lectern.ingestion.parsing.formats.pdf.layout;

/**
 * A straight line that is drawn on a page, along or across the text.
 *
 * @param at y of a horizontal line, x of a vertical one, points
 * @param from the smaller end of it along the other axis
 * @param to the larger end
 */
public record Ruling(boolean horizontal, float at, float from, float to) {
    float length() {
        return to - from;
    }

    /** Whether it goes on from a to b, all but a little at both ends. */
    boolean covers(float a, float b) {
        float slack = Math.min(4, (b - a) * 0.25f);
        return from <= a + slack && to >= b - slack;
    }
}
