package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import java.util.List;

/**
 * The text of a document.
 *
 * @param version of the document, 1 or more
 * @param headings in the order of the text
 * @param pages their starts in the order of the text; empty for formats without pages
 * @param blocks in the order of the text and without overlap; empty for a version that an earlier release has read
 */
public record DocumentText(
        DocumentId document,
        String title,
        String uri,
        int version,
        String text,
        List<Heading> headings,
        List<PageStart> pages,
        List<Block> blocks) {
    public DocumentText {
        headings = List.copyOf(headings);
        pages = List.copyOf(pages);
        blocks = List.copyOf(blocks);
    }

    /**
     * @param level 1 (top) to 9
     * @param start in the text, UTF-16 units
     */
    public record Heading(int level, String title, int start) {}

    /**
     * The beginning of a page in the text.
     *
     * @param page from 1
     * @param start in the text, UTF-16 units
     */
    public record PageStart(int page, int start) {}
}
