package dev.lectern.ingestion.parsing.formats.pdf.layout;

/**
 * A page as it is held to read text of one direction: x goes to the right along the lines, y down from line to line, both from the upper left corner, in
 * points. Most pages have one frame; a table that stands on its side has another.
 *
 * @param direction of the text on the page as it is stored, 0, 90, 180 or 270 degrees to the left
 * @param storedWidth of the page before it is turned
 * @param storedHeight of the page before it is turned
 * @param rotation by which the page is turned to the right for reading, 0, 90, 180 or 270 degrees
 */
public record PageFrame(int direction, float storedWidth, float storedHeight, int rotation) {

    /** A rectangle on the upright page as fractions of its width and height, from 0 to 1. */
    public record Area(float left, float top, float width, float height) {}

    public float width() {
        return direction % 180 == 0 ? storedWidth : storedHeight;
    }

    public float height() {
        return direction % 180 == 0 ? storedHeight : storedWidth;
    }

    /** The coordinates are those of a point of the stored page, from its left and its bottom. */
    public float xOf(float x, float y) {
        return switch (direction) {
            case 90 -> y;
            case 180 -> storedWidth - x;
            case 270 -> storedHeight - y;
            default -> x;
        };
    }

    /** The coordinates are those of a point of the stored page, from its left and its bottom. */
    public float yOf(float x, float y) {
        return switch (direction) {
            case 90 -> x;
            case 180 -> y;
            case 270 -> storedWidth - x;
            default -> storedHeight - y;
        };
    }

    private float storedX(float x, float y) {
        return switch (direction) {
            case 90 -> y;
            case 180 -> storedWidth - x;
            case 270 -> storedWidth - y;
            default -> x;
        };
    }

    private float storedY(float x, float y) {
        return switch (direction) {
            case 90 -> x;
            case 180 -> y;
            case 270 -> storedHeight - x;
            default -> storedHeight - y;
        };
    }

    /** Where a rectangle of this frame is on the upright page. */
    public Area area(float left, float top, float right, float bottom) {
        PageFrame upright = new PageFrame(rotation, storedWidth, storedHeight, rotation);
        float x1 = upright.xOf(storedX(left, top), storedY(left, top)) / Math.max(1, upright.width());
        float x2 = upright.xOf(storedX(right, bottom), storedY(right, bottom)) / Math.max(1, upright.width());
        float y1 = upright.yOf(storedX(left, top), storedY(left, top)) / Math.max(1, upright.height());
        float y2 = upright.yOf(storedX(right, bottom), storedY(right, bottom)) / Math.max(1, upright.height());
        float fromX = Math.clamp(Math.min(x1, x2), 0f, 1f);
        float fromY = Math.clamp(Math.min(y1, y2), 0f, 1f);
        return new Area(
                fromX,
                fromY,
                Math.clamp(Math.max(x1, x2), 0f, 1f) - fromX,
                Math.clamp(Math.max(y1, y2), 0f, 1f) - fromY);
    }
}
