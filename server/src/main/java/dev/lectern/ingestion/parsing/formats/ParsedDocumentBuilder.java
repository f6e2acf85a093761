package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.passages.Block;
import dev.lectern.ingestion.passages.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the formats put what they read. Cleans every text, keeps the offsets right and the length within its limit. */
final class ParsedDocumentBuilder {
    private static final int MAX_HEADING = 300;
    private static final int MAX_TITLE = 300;
    private static final int MAX_LEVEL = 9;

    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable Integer page;
    private int deeper;

    ParsedDocumentBuilder(ParseLimits limits) {
        maxLength = limits.textLength();
    }

    /** Of all blocks that follow; null where there are no pages. */
    void page(@Nullable Integer number) {
        page = number;
    }

    /** All headings that follow are so many levels deeper than they say. */
    void deeper(int levels) {
        deeper = levels;
    }

    void heading(int level, String heading) {
        String line = TextNormalizer.line(heading);
        if (line.length() > MAX_HEADING) {
            add(Block.Kind.PARAGRAPH, 0, line, "\n\n");
        } else {
            add(Block.Kind.HEADING, Math.clamp(level + (long) deeper, 1, MAX_LEVEL), line, "\n\n");
        }
    }

    void paragraph(String paragraph) {
        add(Block.Kind.PARAGRAPH, 0, TextNormalizer.lines(paragraph), "\n\n");
    }

    /** @param level 1 is the outermost */
    void listItem(int level, String item) {
        add(Block.Kind.LIST_ITEM, Math.clamp(level, 1, MAX_LEVEL), TextNormalizer.lines(item), "\n");
    }

    /** Empty cells at the end are left out; a row of empty cells is none. */
    void row(boolean header, List<String> cells) {
        int last = cells.size();
        List<String> clean = cells.stream().map(TextNormalizer::line).toList();
        while (last > 0 && clean.get(last - 1).isEmpty()) {
            last--;
        }
        if (last > 0) {
            add(
                    header ? Block.Kind.TABLE_HEADER : Block.Kind.TABLE_ROW,
                    0,
                    String.join(" | ", clean.subList(0, last)).strip(),
                    "\n");
        }
    }

    void code(String code) {
        add(Block.Kind.CODE, 0, TextNormalizer.code(code), "\n\n");
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean hasMoreThanHeadings() {
        return blocks.stream().anyMatch(block -> block.kind() != Block.Kind.HEADING);
    }

    /** @param title null for the first of the top headings, or without any the name */
    ParsedDocument build(@Nullable String title, String name) {
        String own = title == null ? "" : TextNormalizer.line(title);
        String chosen = own.isEmpty() ? firstHeading(name) : own;
        return new ParsedDocument(
                chosen.length() <= MAX_TITLE ? chosen : chosen.substring(0, MAX_TITLE), text.toString(), blocks);
    }

    private String firstHeading(String name) {
        return blocks.stream()
                .limit(12)
                .filter(block -> block.kind() == Block.Kind.HEADING && block.level() <= 2)
                .findFirst()
                .map(block -> block.in(text.toString()))
                .orElseGet(() -> FileNames.title(name));
    }

    private void add(Block.Kind kind, int level, String content, String gap) {
        if (content.isEmpty() || content.isBlank()) {
            return;
        }
        if (text.length() + (long) content.length() + 2 > maxLength) {
            throw RejectionException.tooLong(maxLength);
        }
        if (!blocks.isEmpty()) {
            boolean same =
                    blocks.getLast().kind() == kind || (isRow(blocks.getLast().kind()) && isRow(kind));
            text.append(same ? gap : "\n\n");
        }
        int start = text.length();
        text.append(content);
        blocks.add(new Block(kind, start, text.length(), level, page));
    }

    private static boolean isRow(Block.Kind kind) {
        return kind == Block.Kind.TABLE_ROW || kind == Block.Kind.TABLE_HEADER;
    }
}
