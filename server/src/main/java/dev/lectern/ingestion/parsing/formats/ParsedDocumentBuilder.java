package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a document from the blocks that a format reader adds: normalises their text, sets their offsets and limits the length. */
final class ParsedDocumentBuilder {
    private static final int MAX_HEADING = 300;
    private static final int MAX_TITLE = 300;
    private static final int MAX_LEVEL = 9;
    /** More columns than a reader, or a passage, sees at once. */
    private static final int WIDE_TABLE = 12;

    private static final int COLUMNS_PER_GROUP = 6;

    private static final int MAX_METADATA = 100;
    private static final int MAX_METADATA_VALUES = 50;
    private static final int MAX_METADATA_LENGTH = 500;

    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<TextLine> lines = new ArrayList<>();
    private final Map<String, List<String>> metadata = new LinkedHashMap<>();
    private final Map<ReadingNotice.Kind, ReadingNotice> notices = new EnumMap<>(ReadingNotice.Kind.class);
    private Set<Mark> marks = Set.of();
    private @Nullable Integer confidence;
    private @Nullable Integer page;
    private int headingShift;
    private boolean takesMetadata = true;
    /** Names of the columns of the table that is being added, if it is a wide one. */
    private List<String> wideHeader = List.of();

    /** The header rows of the table that is being added. */
    private final List<List<String>> headerRows = new ArrayList<>();

    private boolean inHeader;

    private TitleSource titleSource = TitleSource.CONTENT;

    ParsedDocumentBuilder(ParseLimits limits) {
        maxLength = limits.textLength();
    }

    /** Sets the page of the blocks that follow; null where there are no pages. */
    void page(@Nullable Integer number) {
        page = number;
    }

    /** Marks the blocks that follow; an empty set ends that. */
    void mark(Set<Mark> following) {
        marks = following;
        confidence = null;
    }

    /** Marks the blocks that follow as recognised in a picture, until {@link #mark}. */
    void markRecognised(@Nullable Integer percent) {
        marks = Set.of(Mark.OCR);
        confidence = percent;
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
     * Adds a row without its empty cells at the end; a row of empty cells is left out. Several header rows may follow each other. Rows of a wide table are divided
     * into groups of columns, each with the names of its columns and the row's first cell. A bar within a cell loses its spaces, since bars with spaces part cells.
     */
    void row(boolean header, List<String> cells) {
        List<String> clean =
                cells.stream().map(ParsedDocumentBuilder::normalizeCell).toList();
        int last = clean.size();
        while (last > 0 && clean.get(last - 1).isEmpty()) {
            last--;
        }
        List<String> filled = clean.subList(0, last);
        if (header) {
            boolean first = blocks.isEmpty() || !inHeader;
            if (first) {
                headerRows.clear();
                wideHeader = List.of();
            }
            headerRows.add(filled);
            boolean wide = !wideHeader.isEmpty()
                    || filled.stream()
                                    .filter(name -> !name.isEmpty())
                                    .distinct()
                                    .count()
                            > WIDE_TABLE;
            if (wide) {
                paragraph(String.join(TableContext.CELL_GAP, filled));
                wideHeader = TableContext.combine(headerRows);
                inHeader = true;
                return;
            }
        }
        if (!wideHeader.isEmpty() && last > WIDE_TABLE / 2) {
            addWideRow(filled);
        } else if (last > 0) {
            addRow(header, filled);
        }
        inHeader = header;
    }

    private static String normalizeCell(String cell) {
        String line = TextNormalizer.normalizeLine(cell);
        return line.indexOf('|') < 0 ? line : line.replace(" |", "|").replace("| ", "|");
    }

    private void addRow(boolean header, List<String> cells) {
        add(
                header ? Block.Type.TABLE_HEADER : Block.Type.TABLE_ROW,
                0,
                String.join(TableContext.CELL_GAP, cells).strip(),
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

    void quote(String quote) {
        add(Block.Type.QUOTE, 0, TextNormalizer.normalizeLines(quote), "\n\n");
    }

    /** @param formula of mathematics, as TeX where the file has it */
    void formula(String formula) {
        add(Block.Type.FORMULA, 0, TextNormalizer.normalizeLines(formula), "\n\n");
    }

    void caption(String caption) {
        add(Block.Type.CAPTION, 0, TextNormalizer.normalizeLines(caption), "\n\n");
    }

    /** @param kind SPEAKER_NOTE, COMMENT or FOOTNOTE */
    void note(Mark kind, String note) {
        addMarked(kind, Block.Type.NOTE, TextNormalizer.normalizeLines(note));
    }

    /** @param kind HEADER, FOOTER or PAGE_NUMBER */
    void furniture(Mark kind, String furniture) {
        addMarked(kind, Block.Type.FURNITURE, TextNormalizer.normalizeLines(furniture));
    }

    private void addMarked(Mark kind, Block.Type type, String content) {
        Set<Mark> before = marks;
        EnumSet<Mark> all = EnumSet.of(kind);
        all.addAll(before);
        marks = all;
        add(type, 0, content, "\n\n");
        marks = before;
    }

    /**
     * Says where a line of the block that was added last is on its page.
     *
     * @param start in the text of the block, UTF-16 units
     */
    void line(int start, int length, float left, float top, float width, float height) {
        Block block = blocks.getLast();
        int from = block.start() + start;
        int to = Math.min(block.end(), from + length);
        Integer on = block.page();
        if (on != null && from < to) {
            lines.add(new TextLine(from, to, on, left, top, width, height));
        }
    }

    /** The text of the block that was added last, normalised. */
    String lastText() {
        return blocks.getLast().in(text.toString());
    }

    /** Whether what follows speaks of the file, and not of another one within it. */
    void takeMetadata(boolean ofTheFile) {
        takesMetadata = ofTheFile;
    }

    /** Records what the file says of itself. Blank values, and authors that are none, are left out; of many or long ones only the beginning is kept. */
    void metadata(String key, @Nullable String value) {
        String line = value == null ? "" : TextNormalizer.normalizeLine(value);
        String name = TextNormalizer.normalizeLine(key).toLowerCase(Locale.ROOT);
        if (!takesMetadata || line.isEmpty() || name.isEmpty() || name.length() > MAX_METADATA_LENGTH) {
            return;
        }
        if (name.equals("author") && !FileNameParser.isAuthor(line)) {
            return;
        }
        if (metadata.size() < MAX_METADATA || metadata.containsKey(name)) {
            List<String> values = metadata.computeIfAbsent(name, one -> new ArrayList<>());
            String cut = line.length() <= MAX_METADATA_LENGTH ? line : line.substring(0, MAX_METADATA_LENGTH);
            if (values.size() < MAX_METADATA_VALUES && !values.contains(cut)) {
                values.add(cut);
            }
        }
    }

    /** Counts something that is left out, or that a person should know. A count of 0 says nothing. */
    void notice(ReadingNotice.Kind kind, int count) {
        notice(kind, count, null, null);
    }

    /**
     * As {@link #notice(ReadingNotice.Kind, int)}. Counts of one kind are added up.
     *
     * @param total how many there are in the file; null where that says nothing
     * @param name of the thing, null if it has none
     */
    void notice(ReadingNotice.Kind kind, int count, @Nullable Integer total, @Nullable String name) {
        if (count > 0) {
            notices.merge(
                    kind,
                    new ReadingNotice(kind, count, total, cutDetail(name)),
                    (one, other) -> new ReadingNotice(
                            kind,
                            one.count() + other.count(),
                            other.total() == null ? one.total() : other.total(),
                            joinDetails(one.detail(), other.detail())));
        }
    }

    private static @Nullable String joinDetails(@Nullable String one, @Nullable String other) {
        return one == null ? other : cutDetail(other == null ? one : one + ", " + other);
    }

    private static @Nullable String cutDetail(@Nullable String detail) {
        return detail == null || detail.length() <= ReadingNotice.MAX_DETAIL
                ? detail
                : detail.substring(0, ReadingNotice.MAX_DETAIL - 1) + "…";
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
                title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE),
                source,
                text.toString(),
                blocks,
                lines,
                metadata,
                List.copyOf(notices.values()));
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
        if (!isRow(type) && type != Block.Type.NOTE && type != Block.Type.FURNITURE) {
            wideHeader = List.of();
            inHeader = false;
        }
        int start = text.length();
        text.append(content);
        blocks.add(new Block(type, start, text.length(), level, page, marks, confidence));
    }

    private static boolean isRow(Block.Type type) {
        return type == Block.Type.TABLE_ROW || type == Block.Type.TABLE_HEADER;
    }
}
