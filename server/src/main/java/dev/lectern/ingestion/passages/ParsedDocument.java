package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader sees of a document, and how it is built.
 *
 * @param title one line, never blank
 * @param titleSource where the title came from
 * @param text everything that was read; blocks are parted by line breaks
 * @param blocks in the order of the text and without overlap; every character outside them is white space
 * @param lines where lines of the text are on their pages, in the order of the text; empty for formats without a layout
 * @param metadata what the file says of itself: values by lower-case keys such as {@code author}; dates as RFC 3339 or {@code yyyy-mm-dd}
 * @param notices what was left out, at most one of each kind
 */
public record ParsedDocument(
        String title,
        TitleSource titleSource,
        String text,
        List<Block> blocks,
        List<TextLine> lines,
        Map<String, List<String>> metadata,
        List<ReadingNotice> notices) {
    public ParsedDocument {
        // The one character that PostgreSQL keeps in no text; the offsets stay what they are.
        title = title.replace('\0', '\uFFFD');
        text = text.replace('\0', '\uFFFD');
        blocks = List.copyOf(blocks);
        lines = List.copyOf(lines);
        metadata = withoutNulCharacters(metadata);
        notices = List.copyOf(notices);
    }

    /** A document of which only the text is known. */
    public ParsedDocument(String title, TitleSource titleSource, String text, List<Block> blocks) {
        this(title, titleSource, text, blocks, List.of(), Map.of(), List.of());
    }

    /** A document whose title is part of its content. */
    public ParsedDocument(String title, String text, List<Block> blocks) {
        this(title, TitleSource.CONTENT, text, blocks);
    }

    private static Map<String, List<String>> withoutNulCharacters(Map<String, List<String>> metadata) {
        Map<String, List<String>> clean = new LinkedHashMap<>();
        metadata.forEach((key, values) -> clean.put(
                key.replace('\0', '\uFFFD'),
                values.stream().map(value -> value.replace('\0', '\uFFFD')).toList()));
        return Map.copyOf(clean);
    }
}
