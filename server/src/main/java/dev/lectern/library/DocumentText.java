package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import java.util.List;

/**
 * What was read from a document.
 *
 * @param version that the text is of, 1 or more
 * @param headings in the order of the text
 * @param pages where each begins, in the order of the text; empty where the format has none
 */
public record DocumentText(
        DocumentId document,
        String title,
        String uri,
        int version,
        String text,
        List<Heading> headings,
        List<PageStart> pages) {
    public DocumentText {
        headings = List.copyOf(headings);
        pages = List.copyOf(pages);
    }

    /**
     * @param level 1 (top) to 9
     * @param start in the text, UTF-16 units
     */
    public record Heading(int level, String title, int start) {}

    /**
     * @param page from 1
     * @param start in the text, UTF-16 units
     */
    public record PageStart(int page, int start) {}
}
