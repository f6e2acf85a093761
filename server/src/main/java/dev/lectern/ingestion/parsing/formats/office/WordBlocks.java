package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.office.WordStyles.Role;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Turns paragraphs and tables of a Word document into blocks. */
final class WordBlocks {
    private final ParsedDocumentBuilder out;
    private final WordStyles styles;
    private final WordNumbering numbering;
    private final WordNotes notes;
    private final DrawingTexts drawingTexts;
    private final Map<String, ZipPackage.Relationship> relationships;
    private final int maxDepth;
    private final StringBuilder code = new StringBuilder();
    private @Nullable String title;

    /** @param relationships of the part whose text is read */
    WordBlocks(
            ParsedDocumentBuilder out,
            WordStyles styles,
            WordNumbering numbering,
            WordNotes notes,
            DrawingTexts drawingTexts,
            Map<String, ZipPackage.Relationship> relationships,
            int maxDepth) {
        this.out = out;
        this.styles = styles;
        this.numbering = numbering;
        this.notes = notes;
        this.drawingTexts = drawingTexts;
        this.relationships = relationships;
        this.maxDepth = maxDepth;
    }

    /** A table that is being read. */
    private final class Table {
        private final MergedTableBuilder rows = new MergedTableBuilder(out);
        private final List<WordParagraph> below = new ArrayList<>();

        void finish() throws IOException, XMLStreamException {
            for (WordParagraph paragraph : below) {
                addBeside(paragraph);
            }
        }
    }

    /** The text of the first paragraph with the style of titles; null when there is none. */
    @Nullable String title() {
        return title;
    }

    /** Reads a part from its start to its end. */
    void readStory(XMLStreamReader xml) throws XMLStreamException, IOException {
        Table table = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw RejectionException.dangerous();
            }
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("tbl") && table != null) {
                table.finish();
                table = null;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "p" -> addParagraph(XmlElement.read(xml, maxDepth));
                case "tbl" -> {
                    finishCode();
                    table = new Table();
                }
                case "tr" -> addRow(table == null ? new Table() : table, XmlElement.read(xml, maxDepth));
                case "del", "moveFrom", "AlternateContent", "oMath" -> addElement(XmlElement.read(xml, maxDepth));
                case "tblPr", "tblGrid", "sectPr", "sdtPr" -> XmlElement.skip(xml);
                default -> {
                    // Its children come next.
                }
            }
        }
    }

    /** To be called once, at the end. */
    void finish() {
        finishCode();
    }

    private void addElement(XmlElement element) throws IOException, XMLStreamException {
        switch (element.name()) {
            case "p" -> addParagraph(element);
            case "tbl" -> addTable(element);
            case "oMath" -> out.formula(MathText.of(element));
            case "del", "moveFrom" -> out.notice(Kind.DELETED_TEXT, 1);
            case "AlternateContent" -> addAll(WordParagraph.chosen(element));
            case "#text", "tblPr", "tblGrid", "sectPr", "sdtPr", "tcPr", "trPr" -> {
                // No text.
            }
            default -> addAll(element);
        }
    }

    private void addAll(XmlElement element) throws IOException, XMLStreamException {
        for (XmlElement child : element.children()) {
            addElement(child);
        }
    }

    private void addTable(XmlElement element) throws IOException, XMLStreamException {
        finishCode();
        Table table = new Table();
        List<XmlElement> rows = new ArrayList<>();
        element.forEach("tr", rows::add);
        for (XmlElement row : rows) {
            addRow(table, row);
        }
        table.finish();
    }

    private void addRow(Table table, XmlElement row) throws IOException, XMLStreamException {
        if (row.find("trPr", "del") != null) {
            out.notice(Kind.DELETED_TEXT, 1);
            return;
        }
        List<XmlElement> cells = new ArrayList<>();
        row.forEach("tc", cells::add);
        boolean only = cells.size() == 1 && row.contains("p");
        if ((only && isLayout(cells.getFirst())) || cells.stream().anyMatch(WordBlocks::hasTable)) {
            for (XmlElement cell : cells) {
                addAll(cell);
            }
            finishCode();
            table.rows.resume();
            return;
        }
        XmlElement before = row.find("trPr", "gridBefore");
        if (before != null) {
            table.rows.cell("", Math.clamp(before.number("val", 1), 1, 100), 1);
        }
        for (XmlElement cell : cells) {
            addCell(table, cell);
        }
        table.rows.endRow(WordStyles.isOn(row.find("trPr", "tblHeader")));
    }

    /** A frame around text, such as a remark or a program. */
    private static boolean isLayout(XmlElement cell) {
        return cell.childrenNamed("p").size() > 1 || hasTable(cell);
    }

    /** A table within a cell that has rows and columns itself; one of a single row or column is text like any other. */
    private static boolean hasTable(XmlElement cell) {
        List<XmlElement> tables = new ArrayList<>();
        cell.forEach("tbl", tables::add);
        for (XmlElement table : tables) {
            List<XmlElement> rows = new ArrayList<>();
            table.forEach("tr", rows::add);
            if (rows.size() > 1
                    && rows.stream().anyMatch(row -> row.childrenNamed("tc").size() > 1)) {
                return true;
            }
        }
        return false;
    }

    private void addCell(Table table, XmlElement cell) {
        XmlElement span = cell.find("tcPr", "gridSpan");
        int columns = span == null ? 1 : Math.clamp(span.number("val", 1), 1, 100);
        XmlElement merge = cell.find("tcPr", "vMerge");
        StringBuilder text = new StringBuilder();
        cell.forEach("p", paragraph -> {
            WordParagraph read = WordParagraph.read(paragraph, styles);
            String label = label(paragraph, styles.find(paragraph.attributeOf("val", "pPr", "pStyle")));
            text.append(text.isEmpty() ? "" : " ")
                    .append(label.isEmpty() ? "" : label + " ")
                    .append(read.text());
            table.below.add(read);
        });
        if (merge != null
                && !merge.attribute("val").equals("restart")
                && text.toString().isBlank()) {
            table.rows.continued(columns);
        } else {
            table.rows.cell(text.toString(), columns, merge == null ? 1 : 2);
        }
    }

    private void addParagraph(XmlElement element) throws IOException, XMLStreamException {
        WordStyles.Style style = styles.find(element.attributeOf("val", "pPr", "pStyle"));
        WordParagraph paragraph = WordParagraph.read(element, styles);
        if (style.role() == Role.CODE) {
            code.append(code.isEmpty() ? "" : "\n").append(paragraph.text());
        } else {
            finishCode();
            add(element, style, paragraph);
        }
        addBeside(paragraph);
    }

    private void add(XmlElement element, WordStyles.Style style, WordParagraph paragraph) {
        String text = paragraph.text();
        if (text.isBlank()) {
            return;
        }
        if (!paragraph.standingFormulas().isEmpty()) {
            paragraph.standingFormulas().forEach(out::formula);
            return;
        }
        XmlElement outline = element.find("pPr", "outlineLvl");
        int outlined = outline == null ? 9 : outline.number("val", 9);
        String label = label(element, style);
        String labelled = label.isEmpty() ? text : label + " " + text;
        if (style.role() == Role.HEADING) {
            out.heading(style.level(), labelled);
        } else if (style.role() == Role.TITLE) {
            title = title == null ? TextNormalizer.normalizeLine(text) : title;
            out.heading(1, text);
        } else if (style.role() == Role.CAPTION) {
            out.caption(labelled);
        } else if (style.role() == Role.QUOTE) {
            out.quote(text);
        } else if (style.role() == Role.CONTENTS_ENTRY && text.stripTrailing().matches("(?s).{1,1000}\\d")) {
            out.notice(Kind.CONTENTS_ENTRIES, 1);
        } else if (outlined < 9) {
            out.heading(outlined + 1, labelled);
        } else if (list(element, style) != null) {
            out.listItem(listLevel(element, style) + 1, labelled);
        } else {
            out.paragraph(text);
        }
    }

    /** The number of a paragraph of a list; empty when it has none. Counts on. */
    private String label(XmlElement paragraph, WordStyles.Style style) {
        String list = list(paragraph, style);
        return list == null ? "" : numbering.next(list, listLevel(paragraph, style));
    }

    private static @Nullable String list(XmlElement paragraph, WordStyles.Style style) {
        String own = paragraph.attributeOf("val", "pPr", "numPr", "numId");
        String list = own.isEmpty() ? style.list() : own;
        return list == null || list.equals("0") ? null : list;
    }

    private static int listLevel(XmlElement paragraph, WordStyles.Style style) {
        XmlElement own = paragraph.find("pPr", "numPr", "ilvl");
        return own == null ? style.listLevel() : own.number("val", 0);
    }

    private void finishCode() {
        out.code(code.toString());
        code.setLength(0);
    }

    /** Notes, pictures and text boxes of a paragraph that was added. */
    private void addBeside(WordParagraph paragraph) throws IOException, XMLStreamException {
        out.notice(Kind.HIDDEN_TEXT, paragraph.hidden());
        out.notice(Kind.DELETED_TEXT, paragraph.deleted());
        out.notice(Kind.EMBEDDED_OBJECTS, paragraph.objects());
        out.notice(Kind.PICTURES, pictures(paragraph));
        if (!paragraph.drawings().isEmpty()) {
            finishCode();
        }
        for (XmlElement drawing : paragraph.drawings()) {
            List<XmlElement> boxes = new ArrayList<>();
            drawing.forEach("txbxContent", boxes::add);
            for (XmlElement box : boxes) {
                addAll(box);
            }
            drawing.forEach("docPr", properties -> out.caption(DrawingTexts.alternative(properties)));
            drawing.forEach("shape", shape -> out.caption(shape.attribute("alt")));
            drawingTexts.add(drawing, relationships);
        }
        if (!paragraph.footnotes().isEmpty()
                || !paragraph.endnotes().isEmpty()
                || !paragraph.comments().isEmpty()) {
            finishCode();
            notes.add(paragraph, out);
        }
    }

    static int pictures(WordParagraph paragraph) {
        int[] pictures = {0};
        for (XmlElement drawing : paragraph.drawings()) {
            drawing.forEach("blip", picture -> pictures[0]++);
            if (!drawing.is("object")) {
                drawing.forEach("imagedata", picture -> pictures[0]++);
            }
        }
        return pictures[0];
    }
}
