package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.passages.Block;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.update.TitleSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a document from the blocks that a format reader adds: normalises their text, sets their offsets and limits the length. */
final class ParsedDocumentBuilder {
    private static final int MAX_HEADING = 300;
    private static final int MAX_TITLE = 300;
    private static final int MAX_LEVEL = 9;
    /** More columns than a reader, or a passage, sees at once. */
    private static final int WIDE_TABLE = 12;

    private static final int COLUMNS_PER_GROUP = 6;

    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable Integer page;
    private int headingShift;
    /** Names of the columns of the table that is being added, if it is a wide one. */
    private List<String> wideHeader = List.of();

    private TitleSource titleSource = TitleSource.CONTENT;

    ParsedDocumentBuilder(ParseLimits limits) {
        maxLength = limits.textLength();
    }

    /** Sets the page of the blocks that follow; null where there are no pages. */
    void page(@Nullable Integer number) {
        page = number;
    }

    /** Adds a number of levels to the headings that follow. */
    void shiftHeadings(int levels) {
        headingShift = levels;
    }

    /** Sets where the title comes from if the reader returns none. By default, it is the first top heading, or the stem if there is none. */
    void takeTitleFrom(TitleSource source) {
        titleSource = source;
    }

    void heading(int level, String heading) {
        String line = TextNormalizer.normalizeLine(heading);
        if (line.length() > MAX_HEADING) {
            add(Block.Type.PARAGRAPH, 0, line, "\n\n");
        } else {
            add(Block.Type.HEADING, Math.clamp(level + (long) headingShift, 1, MAX_LEVEL), line, "\n\n");
        }
    }

    void paragraph(String paragraph) {
        add(Block.Type.PARAGRAPH, 0, TextNormalizer.normalizeLines(paragraph), "\n\n");
    }

    /** @param level 1 is the outermost */
    void listItem(int level, String item) {
        add(Block.Type.LIST_ITEM, Math.clamp(level, 1, MAX_LEVEL), TextNormalizer.normalizeLines(item), "\n");
    }

    /**
     * Adds a row without its empty cells at the end; a row of empty cells is left out. Rows of a wide table are divided into groups of columns, each with the
     * names of its columns and the row's first cell.
     */
    void row(boolean header, List<String> cells) {
        List<String> clean = cells.stream().map(TextNormalizer::normalizeLine).toList();
        int last = clean.size();
        while (last > 0 && clean.get(last - 1).isEmpty()) {
            last--;
        }
        List<String> filled = clean.subList(0, last);
        if (header) {
            boolean wide = filled.stream().filter(name -> !name.isEmpty()).count() > WIDE_TABLE;
            wideHeader = List.of();
            if (wide) {
                paragraph(String.join(" | ", filled));
                wideHeader = filled;
                return;
            }
        }
        if (!wideHeader.isEmpty() && last > WIDE_TABLE / 2) {
            addWideRow(filled);
        } else if (last > 0) {
            addRow(header, filled);
        }
    }

    private void addRow(boolean header, List<String> cells) {
        add(
                header ? Block.Type.TABLE_HEADER : Block.Type.TABLE_ROW,
                0,
                String.join(" | ", cells).strip(),
                "\n");
    }

    private void addWideRow(List<String> cells) {
        int first = 0;
        while (cells.get(first).isEmpty()) {
            first++;
        }
        String label = named(first, cells);
        for (int from = first + 1; from < cells.size(); from += COLUMNS_PER_GROUP) {
            List<String> group = new ArrayList<>(List.of(label));
            for (int column = from; column < Math.min(cells.size(), from + COLUMNS_PER_GROUP); column++) {
                if (!cells.get(column).isEmpty()) {
                    group.add(named(column, cells));
                }
            }
            if (group.size() > 1) {
                addRow(false, group);
            }
        }
    }

    private String named(int column, List<String> cells) {
        String name = column < wideHeader.size() ? wideHeader.get(column) : "";
        return name.isEmpty() ? cells.get(column) : name + ": " + cells.get(column);
    }

    void code(String code) {
        add(Block.Type.CODE, 0, TextNormalizer.normalizeCode(code), "\n\n");
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean hasMoreThanHeadings() {
        return blocks.stream().anyMatch(block -> block.type() != Block.Type.HEADING);
    }

    /**
     * @param title null when the reader found none
     * @param name of the file
     */
    ParsedDocument build(@Nullable String title, String name) {
        String own = title == null ? "" : TextNormalizer.normalizeLine(title);
        if (own.isEmpty() && titleSource == TitleSource.CONTENT) {
            own = firstHeading();
        }
        if (!own.isEmpty()) {
            return document(own, TitleSource.CONTENT);
        }
        TitleSource source = titleSource == TitleSource.CONTENT ? TitleSource.STEM : titleSource;
        return document(source.titleOf(FileNameParser.baseNameOf(name)), source);
    }

    private ParsedDocument document(String title, TitleSource source) {
        return new ParsedDocument(
                title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE), source, text.toString(), blocks);
    }

    private String firstHeading() {
        return blocks.stream()
                .limit(12)
                .filter(block -> block.type() == Block.Type.HEADING && block.level() <= 2)
                .findFirst()
                .map(block -> block.in(text.toString()))
                .orElse("");
    }

    private void add(Block.Type type, int level, String content, String gap) {
        if (content.isEmpty() || content.isBlank()) {
            return;
        }
        if (text.length() + (long) content.length() + 2 > maxLength) {
            throw RejectionException.tooLong(maxLength);
        }
        if (!blocks.isEmpty()) {
            boolean same =
                    blocks.getLast().type() == type || (isRow(blocks.getLast().type()) && isRow(type));
            text.append(same ? gap : "\n\n");
        }
        if (!isRow(type)) {
            wideHeader = List.of();
        }
        int start = text.length();
        text.append(content);
        blocks.add(new Block(type, start, text.length(), level, page));
    }

    private static boolean isRow(Block.Type type) {
        return type == Block.Type.TABLE_ROW || type == Block.Type.TABLE_HEADER;
    }
}
