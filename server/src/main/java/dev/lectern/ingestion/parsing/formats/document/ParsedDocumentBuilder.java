package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a document from the blocks that a format reader adds: normalises their text, sets their offsets and limits the length. */
public final class ParsedDocumentBuilder {
    private static final int MAX_HEADING = 300;
    private static final int MAX_TITLE = 300;
    private static final int MAX_LEVEL = 9;

    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<TextLine> lines = new ArrayList<>();
    private final DocumentMetadata metadata = new DocumentMetadata();
    private final NoticeCounter notices = new NoticeCounter();
    private final TableRows rows = new TableRows(this::addRow, this::paragraph);
    private Set<Mark> marks = Set.of();
    private @Nullable Integer confidence;
    private @Nullable Integer page;
    private int headingShift;
    private boolean takesMetadata = true;
    private TitleSource titleSource = TitleSource.CONTENT;

    public ParsedDocumentBuilder(ParseLimits limits) {
        maxLength = limits.textLength();
    }

    /** Sets the page of the blocks that follow; null where there are no pages. */
    public void page(@Nullable Integer number) {
        page = number;
    }

    /** Marks the blocks that follow; an empty set ends that. */
    public void mark(Set<Mark> following) {
        marks = following;
        confidence = null;
    }

    /** Marks the blocks that follow as recognised in a picture, until {@link #mark}. */
    void markRecognised(@Nullable Integer percent) {
        marks = Set.of(Mark.OCR);
        confidence = percent;
    }

    /** Adds a number of levels to the headings that follow. */
    public void shiftHeadings(int levels) {
        headingShift = levels;
    }

    /** Sets where the title comes from if the reader returns none. By default, it is the first top heading, or the stem if there is none. */
    public void takeTitleFrom(TitleSource source) {
        titleSource = source;
    }

    public void heading(int level, String heading) {
        String line = TextNormalizer.normalizeLine(heading);
        if (line.length() > MAX_HEADING) {
            add(Block.Type.PARAGRAPH, 0, line, "\n\n");
        } else {
            add(Block.Type.HEADING, Math.clamp(level + (long) headingShift, 1, MAX_LEVEL), line, "\n\n");
        }
    }

    public void paragraph(String paragraph) {
        add(Block.Type.PARAGRAPH, 0, TextNormalizer.normalizeLines(paragraph), "\n\n");
    }

    /** @param level 1 is the outermost */
    public void listItem(int level, String item) {
        add(Block.Type.LIST_ITEM, Math.clamp(level, 1, MAX_LEVEL), TextNormalizer.normalizeLines(item), "\n");
    }

    /**
     * Adds a row without its empty cells at the end; a row of empty cells is left out. Several header rows may follow each other. Rows of a wide table are divided
     * into groups of columns, each with the names of its columns and the row's first cell. A bar within a cell loses its spaces, since bars with spaces part cells.
     */
    public void row(boolean header, List<String> cells) {
        rows.add(header, cells);
    }

    private void addRow(boolean header, List<String> cells) {
        add(
                header ? Block.Type.TABLE_HEADER : Block.Type.TABLE_ROW,
                0,
                String.join(TableContext.CELL_GAP, cells).strip(),
                "\n");
    }

    public void code(String code) {
        add(Block.Type.CODE, 0, TextNormalizer.normalizeCode(code), "\n\n");
    }

    public void quote(String quote) {
        add(Block.Type.QUOTE, 0, TextNormalizer.normalizeLines(quote), "\n\n");
    }

    /** @param formula of mathematics, as TeX where the file has it */
    public void formula(String formula) {
        add(Block.Type.FORMULA, 0, TextNormalizer.normalizeLines(formula), "\n\n");
    }

    public void caption(String caption) {
        add(Block.Type.CAPTION, 0, TextNormalizer.normalizeLines(caption), "\n\n");
    }

    /** @param kind SPEAKER_NOTE, COMMENT or FOOTNOTE */
    public void note(Mark kind, String note) {
        addMarked(kind, Block.Type.NOTE, TextNormalizer.normalizeLines(note));
    }

    /** @param kind HEADER, FOOTER or PAGE_NUMBER */
    public void furniture(Mark kind, String furniture) {
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
    public void line(int start, int length, float left, float top, float width, float height) {
        Block block = blocks.getLast();
        int from = block.start() + start;
        int to = Math.min(block.end(), from + length);
        Integer on = block.page();
        if (on != null && from < to) {
            lines.add(new TextLine(from, to, on, left, top, width, height));
        }
    }

    /** The text of the block that was added last, normalised. */
    public String lastText() {
        return blocks.getLast().in(text.toString());
    }

    /** Whether what follows speaks of the file, and not of another one within it. */
    public void takeMetadata(boolean ofTheFile) {
        takesMetadata = ofTheFile;
    }

    /** Records what the file says of itself, see {@link DocumentMetadata}. */
    public void metadata(String key, @Nullable String value) {
        if (takesMetadata) {
            metadata.add(key, value);
        }
    }

    /** Counts something that is left out, or that a person should know. A count of 0 says nothing. */
    public void notice(ReadingNotice.Kind kind, int count) {
        notice(kind, count, null, null);
    }

    /**
     * As {@link #notice(ReadingNotice.Kind, int)}. Counts of one kind are added up.
     *
     * @param total how many there are in the file; null where that says nothing
     * @param name of the thing, null if it has none
     */
    public void notice(ReadingNotice.Kind kind, int count, @Nullable Integer total, @Nullable String name) {
        notices.add(kind, count, total, name);
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    public boolean hasMoreThanHeadings() {
        return blocks.stream().anyMatch(block -> block.type() != Block.Type.HEADING);
    }

    /**
     * @param title null when the reader found none
     * @param name of the file
     */
    public ParsedDocument build(@Nullable String title, String name) {
        String own = title == null ? "" : TextNormalizer.normalizeLine(title);
        if (own.isEmpty() && titleSource == TitleSource.CONTENT) {
            own = firstHeading();
        }
        if (!own.isEmpty()) {
            return document(own, TitleSource.CONTENT);
        }
        TitleSource source = titleSource == TitleSource.CONTENT ? TitleSource.STEM : titleSource;
        return document(source.titleOf(InputFile.baseNameOf(name)), source);
    }

    private ParsedDocument document(String title, TitleSource source) {
        return new ParsedDocument(
                title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE),
                source,
                text.toString(),
                blocks,
                lines,
                metadata.values(),
                notices.notices());
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
            rows.end();
        }
        int start = text.length();
        text.append(content);
        blocks.add(new Block(type, start, text.length(), level, page, marks, confidence));
    }

    private static boolean isRow(Block.Type type) {
        return type == Block.Type.TABLE_ROW || type == Block.Type.TABLE_HEADER;
    }
}
