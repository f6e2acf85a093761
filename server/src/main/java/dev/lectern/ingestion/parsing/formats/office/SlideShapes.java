package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Turns the shapes of a slide into blocks: its title first, then the other shapes in their order. */
final class SlideShapes {
    /** Placeholders that each slide repeats. */
    static final Set<String> RUNNING = Set.of("dt", "ftr", "sldNum", "hdr", "sldImg");

    private static final Set<String> TITLES = Set.of("title", "ctrTitle");
    /** The title of a deck is above those of its slides. */
    private static final int SLIDE_TITLE = 2;

    private static final int MAX_TITLE = 200;

    private final ParsedDocumentBuilder out;
    private final DrawingTexts drawingTexts;
    private final Map<String, ZipPackage.Relationship> relationships;
    private final RunningTexts running;
    private @Nullable XmlElement title;
    private boolean titled;

    SlideShapes(
            ParsedDocumentBuilder out,
            DrawingTexts drawingTexts,
            Map<String, ZipPackage.Relationship> relationships,
            RunningTexts running) {
        this.out = out;
        this.drawingTexts = drawingTexts;
        this.relationships = relationships;
        this.running = running;
    }

    void read(XmlElement slide) throws IOException, XMLStreamException {
        slide.forEach("sp", shape -> {
            boolean filled = shape.find("txBody") != null && !bodyText(shape).isBlank();
            if (title == null && filled && TITLES.contains(shape.attributeOf("type", "nvSpPr", "nvPr", "ph"))) {
                title = shape;
            }
        });
        if (title != null) {
            out.heading(SLIDE_TITLE, bodyText(title));
            titled = true;
        }
        addAll(slide);
    }

    private static String bodyText(XmlElement shape) {
        StringBuilder text = new StringBuilder();
        shape.forEach("p", paragraph -> text.append(text(paragraph)).append(' '));
        return text.toString();
    }

    private void addAll(XmlElement element) throws IOException, XMLStreamException {
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "sp" -> addShape(child);
                case "pic" -> addPicture(child);
                case "graphicFrame" -> addFrame(child);
                case "cxnSp" -> out.caption(DrawingTexts.alternative(child.find("nvCxnSpPr", "cNvPr")));
                case "AlternateContent" -> addAll(WordParagraph.chosen(child));
                case "#text", "spPr", "timing", "transition", "extLst" -> {
                    // No text.
                }
                default -> addAll(child);
            }
        }
    }

    private void addShape(XmlElement shape) {
        XmlElement placeholder = shape.find("nvSpPr", "nvPr", "ph");
        String type = placeholder == null ? "" : placeholder.attribute("type");
        XmlElement text = shape.find("txBody");
        if (RUNNING.contains(type)) {
            if ((type.equals("ftr") || type.equals("hdr")) && text != null) {
                running.add(type.equals("ftr") ? Mark.FOOTER : Mark.HEADER, bodyText(shape));
            }
        } else if (shape != title && text != null) {
            boolean listed = placeholder != null && (type.isEmpty() || type.equals("body") || type.equals("obj"));
            SlideNumbering numbering = new SlideNumbering();
            text.forEach("p", paragraph -> addParagraph(paragraph, listed, numbering));
        }
        if (shape.contains("blipFill")) {
            out.notice(Kind.PICTURES, 1);
        }
        out.caption(DrawingTexts.alternative(shape.find("nvSpPr", "cNvPr")));
    }

    private void addParagraph(XmlElement paragraph, boolean listed, SlideNumbering numbering) {
        String text = text(paragraph);
        if (text.isBlank()) {
            return;
        }
        XmlElement properties = paragraph.find("pPr");
        boolean bullet = properties != null
                && (properties.find("buChar") != null
                        || properties.find("buAutoNum") != null
                        || properties.find("buBlip") != null);
        boolean plain = properties != null && properties.find("buNone") != null;
        int level = properties == null ? 0 : Math.clamp(properties.number("lvl", 0), 0, 8);
        String number = numbering.next(level, properties == null ? null : properties.find("buAutoNum"));
        if (!titled && text.length() <= MAX_TITLE) {
            // Without a title of its own, the first text of a slide stands over the rest.
            out.heading(SLIDE_TITLE, text);
        } else if (bullet || (listed && !plain)) {
            out.listItem(level + 1, number.isEmpty() ? text : number + " " + text);
        } else {
            out.paragraph(text);
        }
        titled = true;
    }

    /** Text of a paragraph with its line breaks; without the number of the slide. */
    static String text(XmlElement paragraph) {
        StringBuilder text = new StringBuilder();
        append(paragraph, text);
        return text.toString();
    }

    private static void append(XmlElement element, StringBuilder text) {
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "t" -> text.append(child.text());
                case "br" -> text.append('\n');
                case "tab" -> text.append('\t');
                case "oMath" -> text.append(' ').append(MathText.of(child)).append(' ');
                case "AlternateContent" -> append(WordParagraph.chosen(child), text);
                case "fld" -> {
                    if (!child.attribute("type").equals("slidenum")) {
                        append(child, text);
                    }
                }
                default -> append(child, text);
            }
        }
    }

    private void addPicture(XmlElement picture) {
        XmlElement properties = picture.find("nvPicPr", "nvPr");
        boolean media =
                properties != null && (properties.find("videoFile") != null || properties.find("audioFile") != null);
        out.notice(media ? Kind.EMBEDDED_OBJECTS : Kind.PICTURES, 1);
        out.caption(DrawingTexts.alternative(picture.find("nvPicPr", "cNvPr")));
    }

    private void addFrame(XmlElement frame) throws IOException, XMLStreamException {
        out.caption(DrawingTexts.alternative(frame.find("nvGraphicFramePr", "cNvPr")));
        frame.forEach("tbl", this::addTable);
        out.notice(Kind.EMBEDDED_OBJECTS, frame.contains("oleObj") ? 1 : 0);
        drawingTexts.add(frame, relationships);
    }

    private void addTable(XmlElement table) {
        MergedTableBuilder rows = new MergedTableBuilder(out);
        boolean header = Set.of("1", "true").contains(table.attributeOf("firstRow", "tblPr"));
        for (XmlElement row : table.childrenNamed("tr")) {
            for (XmlElement cell : row.childrenNamed("tc")) {
                if (isOn(cell, "hMerge") || isOn(cell, "vMerge")) {
                    rows.covered();
                } else {
                    // The cells that it covers on its right follow it.
                    rows.cell(bodyText(cell), 1, Math.clamp(cell.number("rowSpan", 1), 1, 1_000));
                }
            }
            rows.endRow(header);
            header = false;
        }
        titled = true;
    }

    private static boolean isOn(XmlElement cell, String attribute) {
        return Set.of("1", "true").contains(cell.attribute(attribute));
    }
}
