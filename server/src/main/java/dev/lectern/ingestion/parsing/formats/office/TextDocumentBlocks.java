package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the paragraphs, cells and notes of a Rich Text Format file, or of one of Word 97 to 2003, into blocks. */
final class TextDocumentBlocks {
    /** Programs without lists write the mark and a tab. */
    private static final Pattern LISTED = Pattern.compile("(?s)\\s{0,4}(?:[•–◦▪·*-]|\\(?[0-9a-zA-Z]{1,4}[.)])\\t.*");

    private static final Set<String> CAPTIONS = Set.of("caption", "illustration", "table", "drawing", "figure");
    private static final Pattern HEADING = Pattern.compile("(?:heading|überschrift|titre) ([1-9])");

    private final ParsedDocumentBuilder out;
    private final RunningTexts running;
    private final Map<Integer, String> styles = new HashMap<>();
    private final List<Runnable> notes = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private final StringBuilder code = new StringBuilder();
    private @Nullable TextDocumentTable table;
    private @Nullable String title;
    /** How many of the notes are from the rows that were added. */
    private int notesOfRows;

    TextDocumentBlocks(ParsedDocumentBuilder out) {
        this.out = out;
        running = new RunningTexts(out);
    }

    /**
     * What a paragraph has been told of itself.
     *
     * @param style number of its style
     * @param outline level of a heading from 0, 9 for none
     * @param listLevel from 0; -1 outside of lists
     * @param label number of an item of a list; may be empty
     */
    record Properties(int style, int outline, int listLevel, String label) {}

    void style(int number, String name) {
        styles.put(number, name.strip().toLowerCase(Locale.ROOT));
    }

    @Nullable String title() {
        return title;
    }

    void paragraph(String text, Properties properties) {
        endTable();
        String style = styles.getOrDefault(properties.style(), "");
        boolean coded = style.startsWith("html preformatted")
                || style.startsWith("preformatted text")
                || style.equals("source code")
                || style.equals("code");
        if (coded) {
            code.append(code.isEmpty() ? "" : "\n").append(text);
        } else {
            endCode();
            add(text, style, properties);
        }
        if (!notes.isEmpty()) {
            endCode();
            addNotes();
        }
    }

    private void add(String text, String style, Properties properties) {
        if (text.isBlank()) {
            return;
        }
        String labelled = properties.label().isEmpty() ? text : properties.label() + " " + text.strip();
        var heading = HEADING.matcher(style.length() > 40 ? "" : style);
        if (heading.matches()) {
            out.heading(Integer.parseInt(heading.group(1)), labelled);
        } else if (style.equals("title")) {
            title = title == null ? TextNormalizer.normalizeLine(text) : title;
            out.heading(1, text);
        } else if (CAPTIONS.contains(style)) {
            out.caption(labelled);
        } else if (style.startsWith("quot") || style.endsWith("quote") || style.equals("block text")) {
            out.quote(text);
        } else if (properties.outline() < 9) {
            out.heading(properties.outline() + 1, labelled);
        } else if (properties.listLevel() >= 0) {
            out.listItem(properties.listLevel() + 1, labelled);
        } else if (LISTED.matcher(text).matches()) {
            out.listItem(1, text.strip().replaceFirst("^[•–◦▪·*-]\\t", ""));
        } else {
            out.paragraph(text);
        }
    }

    /** Adds text to the cell that is being read. */
    void cellText(String text) {
        if (!text.isBlank()) {
            cell.append(cell.isEmpty() ? "" : " ").append(text.strip());
        }
    }

    void endCell() {
        if (cells.size() < 1_000) {
            cells.add(cell.toString());
        } else {
            out.notice(Kind.PAST_LIMIT, cell.isEmpty() ? 0 : 1);
        }
        cell.setLength(0);
    }

    void endRow(TextDocumentTable.Layout layout) {
        endCode();
        TextDocumentTable rows = table;
        if (rows == null) {
            rows = new TextDocumentTable(out);
            table = rows;
        }
        rows.add(layout, List.copyOf(cells));
        cells.clear();
        notesOfRows = notes.size();
    }

    private void endTable() {
        TextDocumentTable ended = table;
        if (ended != null) {
            ended.writeRows();
        }
        table = null;
        if (!cell.isEmpty() || !cells.isEmpty()) {
            // Of a row that never ends.
            endCell();
            cells.forEach(out::paragraph);
            cells.clear();
        }
        List<Runnable> ofRows = notes.subList(0, notesOfRows);
        ofRows.forEach(Runnable::run);
        ofRows.clear();
        notesOfRows = 0;
    }

    private void endCode() {
        out.code(code.toString());
        code.setLength(0);
    }

    /** Keeps a note until its paragraph, or the table around it, is added. */
    void note(Mark mark, String text) {
        notes.add(() -> out.note(mark, text));
    }

    private void addNotes() {
        notes.forEach(Runnable::run);
        notes.clear();
        notesOfRows = 0;
    }

    /** Keeps the header or footer of a page until the end. */
    void furniture(Mark mark, String text) {
        running.add(mark, text);
    }

    void count(Kind kind) {
        out.notice(kind, 1);
    }

    /** To be called once, at the end. */
    void finish() {
        endTable();
        endCode();
        addNotes();
    }
}
