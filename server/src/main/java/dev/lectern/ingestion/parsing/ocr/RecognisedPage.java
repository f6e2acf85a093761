package dev.lectern.ingestion.parsing.ocr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one page, or of one picture.
 *
 * @param paragraphs in reading order; empty when there is no text
 */
public record RecognisedPage(List<Paragraph> paragraphs) {
    public RecognisedPage {
        paragraphs = List.copyOf(paragraphs);
    }

    /**
     * A paragraph.
     *
     * @param lines from top to bottom, at least one
     * @param confidence in percent from 0 to 100; null when the command does not say it
     */
    public record Paragraph(List<Line> lines, @Nullable Integer confidence) {
        public Paragraph {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param area null when the command does not say where it is
     */
    public record Line(String text, @Nullable Area area) {}

    /** A rectangle in fractions of the page, from 0 to 1, from the left and the top edge. */
    public record Area(float left, float top, float width, float height) {}
}
