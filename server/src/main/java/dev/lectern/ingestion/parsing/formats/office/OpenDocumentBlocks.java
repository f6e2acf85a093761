package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.office.WordStyles.Role;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the paragraphs, lists, tables and drawings of OpenDocument texts and slides into blocks. */
final class OpenDocumentBlocks {
    private static final int MAX_REPEATED = 100;
    private static final int SLIDE_TITLE = 2;
    private static final int MAX_SLIDE_TITLE = 200;

    private final ParsedDocumentBuilder out;
    private final OpenDocumentStyles styles;
    private final OpenDocumentObjects objects;
    private final OpenDocumentNumbering numbering;
    private final StringBuilder code = new StringBuilder();
    private final List<OpenDocumentParagraph> below = new ArrayList<>();
    private @Nullable String title;
    private boolean titleExpected;
    /** The number of the item of a list whose first paragraph comes next; empty when there is none. */
    private String label = "";

    OpenDocumentBlocks(ParsedDocumentBuilder out, OpenDocumentStyles styles, OpenDocumentObjects objects) {
        this.out = out;
        this.styles = styles;
        this.objects = objects;
        numbering = new OpenDocumentNumbering(styles);
    }

    /** The text of the first paragraph with the style of titles; null when there is none. */
    @Nullable String title() {
        return title;
    }

    /**
     * Adds an element with all that is in it.
     *
     * @param list depth of the list that it is in, 0 outside of lists
     */
    void add(XmlElement element, int list) {
        switch (element.name()) {
            case "h" -> addParagraph(element, list, Math.clamp(element.number("outline-level", 1), 1, 9));
            case "p" -> {
                Integer level = styles.headingLevel(element.attribute("style-name"));
                addParagraph(element, list, level == null ? 0 : level);
            }
            case "list" -> addList(element, list + 1);
            case "table" -> {
                titleExpected = false;
                finishCode();
                MergedTableBuilder rows = new MergedTableBuilder(out);
                addRows(rows, element, false);
                finishTable();
            }
            case "section" -> addSection(element, list);
            case "annotation" -> addComment(element);
            case "tracked-changes" -> addTrackedChanges(element);
            case "table-of-content" -> {
                int[] entries = {0};
                element.forEach("index-body", body -> body.forEach("p", entry -> entries[0]++));
                out.notice(Kind.CONTENTS_ENTRIES, entries[0]);
            }
            case "#text",
                    "sequence-decls",
                    "forms",
                    "variable-decls",
                    "user-field-decls",
                    "settings",
                    "notes",
                    "event-listeners",
                    "binary-data",
                    "index-title-template" -> {
                // No text, or read elsewhere.
            }
            default -> {
                if (OpenDocumentParagraph.DRAWINGS.contains(element.name())) {
                    addDrawing(element);
                } else {
                    element.children().forEach(child -> add(child, list));
                }
            }
        }
    }

    private void addList(XmlElement element, int level) {
        numbering.startList(element);
        element.children().forEach(item -> addItem(item, level));
        numbering.endList(element);
    }

    private void addItem(XmlElement item, int list) {
        // Only the first paragraph of an item is one, the others belong to it. A list that is indented begins with a
        // list.
        boolean first = item.is("list-item");
        for (XmlElement child : item.children()) {
            if (first && OpenDocumentNumbering.isParagraph(child)) {
                label = numbering.nextItem(item, child.attribute("style-name"));
            }
            add(child, first || child.is("list") ? list : 0);
            first &= !OpenDocumentNumbering.isParagraph(child);
            label = "";
        }
    }

    private void addSection(XmlElement section, int list) {
        if (section.attribute("display").equals("none")) {
            out.notice(Kind.HIDDEN_TEXT, section.text().isBlank() ? 0 : 1);
        } else {
            section.children().forEach(child -> add(child, list));
        }
    }

    void addTrackedChanges(XmlElement changes) {
        int[] deletions = {0};
        changes.forEach(
                "deletion", deletion -> deletions[0] += deletion.contains("p") || deletion.contains("h") ? 1 : 0);
        out.notice(Kind.DELETED_TEXT, deletions[0]);
    }

    private void addParagraph(XmlElement element, int list, int heading) {
        OpenDocumentParagraph paragraph = read(element);
        Role role = styles.role(element.attribute("style-name"));
        String text = paragraph.text();
        if (!text.isBlank() && label.isEmpty() && heading > 0 && element.is("h") && role == Role.TEXT) {
            label = numbering.nextHeading(element, heading);
        }
        if (role == Role.CODE && heading == 0) {
            code.append(code.isEmpty() ? "" : "\n").append(text);
        } else {
            finishCode();
            if (!text.isBlank()) {
                String number = label.isEmpty() || paragraph.hasOwnNumber() ? "" : label + " ";
                addText(paragraph, number, role, list, heading);
            }
        }
        label = "";
        addBeside(paragraph);
    }

    private void addText(OpenDocumentParagraph paragraph, String number, Role role, int list, int heading) {
        String text = number + paragraph.text();
        boolean overSlide = titleExpected && text.length() <= MAX_SLIDE_TITLE;
        titleExpected = false;
        if (overSlide) {
            // Without a title of its own, the first text of a slide stands over the rest.
            out.heading(SLIDE_TITLE, text);
        } else if (!paragraph.standingFormulas().isEmpty()) {
            paragraph.standingFormulas().forEach(out::formula);
        } else if (role == Role.TITLE) {
            title = title == null ? TextNormalizer.normalizeLine(text) : title;
            out.heading(1, text);
        } else if (heading > 0) {
            out.heading(heading, text);
        } else if (role == Role.CAPTION) {
            out.caption(text);
        } else if (role == Role.QUOTE) {
            out.quote(text);
        } else if (list > 0) {
            out.listItem(list, text);
        } else {
            out.paragraph(text);
        }
    }

    OpenDocumentParagraph read(XmlElement element) {
        return OpenDocumentParagraph.read(element, styles, objects::formula);
    }

    /** To be called at the end, and before what is not added by this object. */
    void finishCode() {
        out.code(code.toString());
        code.setLength(0);
    }

    /** @param header whether the rows name the columns */
    void addRows(MergedTableBuilder rows, XmlElement element, boolean header) {
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "table-row" -> addRow(rows, child, header);
                case "table-header-rows" -> addRows(rows, child, true);
                case "table-rows", "table-row-group" -> addRows(rows, child, header);
                default -> {
                    // Columns.
                }
            }
        }
    }

    void addRow(MergedTableBuilder rows, XmlElement row, boolean header) {
        if (row.childrenNamed("table-cell").stream().anyMatch(OpenDocumentBlocks::hasTable)) {
            row.children().forEach(cell -> add(cell, 0));
            finishCode();
            rows.resume();
            return;
        }
        boolean marksCovered = row.find("covered-table-cell") != null;
        boolean reached = !marksCovered && width(row) + rows.reachedColumns() <= rows.columnsAbove();
        for (XmlElement cell : row.children()) {
            int repeated = Math.clamp(cell.number("number-columns-repeated", 1), 1, MAX_REPEATED);
            if (cell.is("covered-table-cell")) {
                for (int i = 0; i < repeated; i++) {
                    rows.covered();
                }
            } else if (cell.is("table-cell")) {
                String text = cellText(cell);
                int columns = marksCovered ? 1 : spannedColumns(cell);
                for (int i = 0; i < repeated; i++) {
                    if (reached) {
                        rows.continueReaching();
                    }
                    rows.cell(text, columns, Math.clamp(cell.number("number-rows-spanned", 1), 1, 10_000));
                }
            }
        }
        if (reached) {
            rows.continueReaching();
        }
        rows.endRow(header);
    }

    /** The columns of a row that names no cells as covered, as programs other than LibreOffice write it. */
    private static int width(XmlElement row) {
        int width = 0;
        for (XmlElement cell : row.childrenNamed("table-cell")) {
            width += spannedColumns(cell) * Math.clamp(cell.number("number-columns-repeated", 1), 1, MAX_REPEATED);
        }
        return width;
    }

    private static int spannedColumns(XmlElement cell) {
        return Math.clamp(cell.number("number-columns-spanned", 1), 1, MAX_REPEATED);
    }

    private static boolean hasTable(XmlElement cell) {
        boolean[] found = {false};
        cell.forEach("table", table -> {
            List<XmlElement> rows = new ArrayList<>();
            table.forEach("table-row", rows::add);
            found[0] |= rows.size() > 1
                    && rows.stream()
                            .anyMatch(row -> row.childrenNamed("table-cell").size() > 1);
        });
        return found[0];
    }

    private String cellText(XmlElement cell) {
        StringBuilder text = new StringBuilder();
        appendParagraphs(cell, text);
        return text.toString();
    }

    private void appendParagraphs(XmlElement element, StringBuilder text) {
        boolean isList = element.is("list");
        if (isList) {
            numbering.startList(element);
        }
        boolean first = element.is("list-item");
        for (XmlElement child : element.children()) {
            if (OpenDocumentNumbering.isParagraph(child)) {
                String number = first ? numbering.nextItem(element, child.attribute("style-name")) : "";
                first = false;
                OpenDocumentParagraph paragraph = read(child);
                below.add(paragraph);
                text.append(text.isEmpty() ? "" : " ")
                        .append(number.isEmpty() ? "" : number + " ")
                        .append(paragraph.text());
            } else {
                appendParagraphs(child, text);
            }
        }
        if (isList) {
            numbering.endList(element);
        }
    }

    /** Adds what the cells of the table refer to. */
    void finishTable() {
        List<OpenDocumentParagraph> paragraphs = List.copyOf(below);
        below.clear();
        paragraphs.forEach(this::addBeside);
    }

    private void addBeside(OpenDocumentParagraph paragraph) {
        out.notice(Kind.HIDDEN_TEXT, paragraph.hidden());
        if (paragraph.notes().isEmpty()
                && paragraph.comments().isEmpty()
                && paragraph.drawings().isEmpty()) {
            return;
        }
        finishCode();
        paragraph.drawings().forEach(this::addDrawing);
        for (XmlElement note : paragraph.notes()) {
            XmlElement body = note.find("note-body");
            out.note(Mark.FOOTNOTE, body == null ? "" : paragraphs(body));
        }
        paragraph.comments().forEach(this::addComment);
    }

    /** Paragraphs within, line by line. */
    String paragraphs(XmlElement element) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("h", "p")) {
            element.forEach(
                    name,
                    one -> text.append(text.isEmpty() ? "" : "\n")
                            .append(read(one).text().strip()));
        }
        return text.toString();
    }

    void addComment(XmlElement annotation) {
        XmlElement creator = annotation.find("creator");
        String text = paragraphs(annotation);
        out.note(
                Mark.COMMENT,
                creator == null || text.isBlank() ? text : creator.text().strip() + ": " + text);
    }

    /** A shape or frame: its text, picture, table or chart, and its description. */
    void addDrawing(XmlElement drawing) {
        if (drawing.is("g")) {
            drawing.children().forEach(this::addGrouped);
            describe(drawing);
            return;
        }
        boolean picture = false;
        for (XmlElement child : drawing.children()) {
            switch (child.name()) {
                case "text-box" -> child.children().forEach(inner -> add(inner, 0));
                case "p", "list", "table" -> add(child, 0);
                case "image" -> picture = true;
                case "object" -> objects.add(child.attribute("href"), this);
                case "object-ole", "plugin", "applet", "floating-frame" -> out.notice(Kind.EMBEDDED_OBJECTS, 1);
                default -> {
                    // How it looks.
                }
            }
        }
        finishCode();
        // The picture of an object shows what the object says.
        boolean replacement = drawing.find("object") != null
                || drawing.find("object-ole") != null
                || drawing.find("plugin") != null
                || drawing.find("table") != null;
        out.notice(Kind.PICTURES, picture && !replacement ? 1 : 0);
        describe(drawing);
    }

    private void addGrouped(XmlElement child) {
        if (OpenDocumentParagraph.DRAWINGS.contains(child.name())) {
            addDrawing(child);
        }
    }

    private void describe(XmlElement drawing) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("title", "desc")) {
            XmlElement description = drawing.find(name);
            if (description != null && !description.text().isBlank()) {
                text.append(text.isEmpty() ? "" : ": ").append(description.text());
            }
        }
        out.caption(text.toString());
    }

    /** Adds a slide: its title, its other shapes in their order, its notes and comments. */
    void addSlide(XmlElement slide, RunningTexts running) {
        XmlElement title = null;
        for (XmlElement shape : slide.children()) {
            if (title == null && isShown(shape) && shape.attribute("class").equals("title")) {
                title = shape;
            }
        }
        if (title != null) {
            out.heading(SLIDE_TITLE, paragraphs(title));
        }
        titleExpected = title == null;
        for (XmlElement shape : slide.children()) {
            switch (shape.attribute("class")) {
                case "page-number", "date-time" -> {
                    // Of the slide.
                }
                case "footer" -> running.add(Mark.FOOTER, paragraphs(shape));
                case "header" -> running.add(Mark.HEADER, paragraphs(shape));
                default -> {
                    if (shape != title && isShown(shape)) {
                        add(shape, 0);
                    }
                }
            }
        }
        finishCode();
        titleExpected = false;
        for (XmlElement notes : slide.childrenNamed("notes")) {
            for (XmlElement shape : notes.children()) {
                boolean other = Set.of("page-number", "date-time", "footer", "header", "page")
                        .contains(shape.attribute("class"));
                if (!other && isShown(shape)) {
                    out.note(Mark.SPEAKER_NOTE, paragraphs(shape));
                }
            }
        }
    }

    /** Empty placeholders hold the text that asks for some. */
    private static boolean isShown(XmlElement shape) {
        return !shape.attribute("placeholder").equals("true");
    }
}
