package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.sheet.SheetOutput;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Texts, slides, drawings and spreadsheets of OpenDocument, in the order of the file. One paragraph, row or slide at a time is in memory. */
public final class OpenDocumentReader implements FormatReader {
    private static final String PREFIX = "application/vnd.oasis.opendocument.";
    private static final Set<String> KINDS = Set.of(
            "text",
            "text-template",
            "text-master",
            "text-web",
            "presentation",
            "presentation-template",
            "spreadsheet",
            "spreadsheet-template",
            "graphics",
            "graphics-template");

    public static boolean reads(String mediaType) {
        return mediaType.startsWith(PREFIX) && KINDS.contains(mediaType.substring(PREFIX.length()));
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        try (ZipPackage parts = new ZipPackage(inputFile, true)) {
            XmlElement manifest = parts.readWhole("META-INF/manifest.xml");
            if (manifest != null && manifest.contains("encryption-data")) {
                throw RejectionException.encrypted();
            }
            if (!parts.has("content.xml")) {
                throw RejectionException.broken();
            }
            XmlElement meta = parts.readWhole("meta.xml");
            String title = DocumentProperties.read(meta == null ? null : meta.find("meta"), out);
            OpenDocumentStyles styles = new OpenDocumentStyles();
            OpenDocumentBlocks blocks = new OpenDocumentBlocks(out, styles, new OpenDocumentObjects(parts, out));
            XmlElement common = parts.readWhole("styles.xml");
            if (common != null) {
                common.forEach("styles", styles::add);
            }
            Body body = new Body(out, styles, blocks, inputFile.limits().depth());
            parts.read("content.xml", body::read);
            body.finish();
            if (common != null && !body.hasPages) {
                common.forEach("automatic-styles", styles::add);
                addHeadersAndFooters(common, blocks, body.running);
            }
            boolean sheets = inputFile.mediaType().contains("spreadsheet");
            if (sheets && title == null) {
                // The headings are the names of sheets.
                out.takeTitleFrom(TitleSource.STEM);
            }
            return title == null ? blocks.title() : title;
        }
    }

    private static void addHeadersAndFooters(XmlElement styles, OpenDocumentBlocks blocks, RunningTexts running) {
        styles.forEach("master-page", page -> {
            for (XmlElement one : page.children()) {
                Mark mark = one.name().startsWith("header") ? Mark.HEADER : Mark.FOOTER;
                if (mark == Mark.HEADER || one.name().startsWith("footer")) {
                    one.forEach("p", paragraph -> {
                        OpenDocumentParagraph read = blocks.read(paragraph);
                        running.add(mark, read.hasPageNumber() ? "" : read.text());
                    });
                }
            }
        });
    }

    /** Reads the part with the content. */
    private static final class Body {
        private final ParsedDocumentBuilder out;
        private final OpenDocumentStyles styles;
        private final OpenDocumentBlocks blocks;
        private final RunningTexts running;
        private final int maxDepth;
        private final StringBuilder hiddenSlides = new StringBuilder();
        private @Nullable SheetOutput sheets;
        private @Nullable OpenDocumentSheets sheetReader;
        private boolean hasPages;
        private boolean spreadsheet;
        private int slide;
        private int hidden;

        Body(ParsedDocumentBuilder out, OpenDocumentStyles styles, OpenDocumentBlocks blocks, int maxDepth) {
            this.out = out;
            this.styles = styles;
            this.blocks = blocks;
            this.maxDepth = maxDepth;
            running = new RunningTexts(out);
        }

        void read(XMLStreamReader xml) throws XMLStreamException {
            MergedTableBuilder table = null;
            boolean header = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    header &= !xml.getLocalName().equals("table-header-rows");
                    if (xml.getLocalName().equals("table")) {
                        blocks.finishTable();
                        table = null;
                    }
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "automatic-styles" -> styles.add(XmlElement.read(xml, maxDepth));
                    case "scripts", "font-face-decls" -> XmlElement.skip(xml);
                    case "spreadsheet" -> spreadsheet = true;
                    case "footer-decl" ->
                        running.add(Mark.FOOTER, XmlElement.read(xml, maxDepth).text());
                    case "header-decl" ->
                        running.add(Mark.HEADER, XmlElement.read(xml, maxDepth).text());
                    case "date-time-decl" -> XmlElement.skip(xml);
                    case "section" -> addSection(xml);
                    case "page" -> addSlide(XmlElement.read(xml, maxDepth));
                    case "table" -> {
                        if (spreadsheet) {
                            addSheet(xml);
                        } else {
                            blocks.finishCode();
                            table = new MergedTableBuilder(out);
                        }
                    }
                    case "table-header-rows" -> header = true;
                    case "table-row" ->
                        blocks.addRow(
                                table == null ? new MergedTableBuilder(out) : table,
                                XmlElement.read(xml, maxDepth),
                                header);
                    case "document-content",
                            "document",
                            "root",
                            "body",
                            "text",
                            "presentation",
                            "drawing",
                            "table-rows",
                            "table-row-group",
                            "table-columns",
                            "table-column-group" -> {
                        // Their children come next.
                    }
                    case "table-column" -> XmlElement.skip(xml);
                    default -> {
                        if (spreadsheet) {
                            XmlElement.skip(xml);
                        } else {
                            blocks.add(XmlElement.read(xml, maxDepth), 0);
                        }
                    }
                }
            }
        }

        /** A section may hold the whole text; only a hidden one is read at once. */
        private void addSection(XMLStreamReader xml) throws XMLStreamException {
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                if (xml.getAttributeLocalName(i).equals("display")
                        && xml.getAttributeValue(i).equals("none")) {
                    blocks.add(XmlElement.read(xml, maxDepth), 0);
                    return;
                }
            }
        }

        private void addSheet(XMLStreamReader xml) throws XMLStreamException {
            if (sheets == null || sheetReader == null) {
                sheets = new SheetOutput(out);
                sheetReader = new OpenDocumentSheets(blocks, styles, sheets, out, maxDepth);
            }
            sheetReader.read(xml);
        }

        private void addSlide(XmlElement page) {
            hasPages = true;
            out.page(++slide);
            if (styles.hidesSlide(page.attribute("style-name"))) {
                hidden++;
                hiddenSlides.append(hiddenSlides.isEmpty() ? "slide " : ", ").append(slide);
                out.mark(Set.of(Mark.HIDDEN));
            }
            blocks.addSlide(page, running);
            out.mark(Set.of());
        }

        void finish() {
            blocks.finishCode();
            if (sheets != null) {
                sheets.finish();
            }
            out.notice(Kind.HIDDEN_INCLUDED, hidden, slide, hiddenSlides.toString());
            out.page(null);
        }
    }
}
