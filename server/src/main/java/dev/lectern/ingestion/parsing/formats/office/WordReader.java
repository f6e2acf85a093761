package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Word documents of Office Open XML in the order of their text. The parts are streamed, one paragraph or row at a time: a tree of the whole document, as POI
 * builds it, needs a hundred times the size of the file.
 */
public final class WordReader implements FormatReader {

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        try (ZipPackage parts = new ZipPackage(inputFile)) {
            String main = parts.related("", "officeDocument");
            if (main == null || !parts.has(main)) {
                throw RejectionException.broken();
            }
            String core = parts.related("", "core-properties");
            String title = DocumentProperties.read(core == null ? null : parts.readWhole(core), out);
            int depth = inputFile.limits().depth();
            String stylesPart = parts.related(main, "styles");
            String numberingPart = parts.related(main, "numbering");
            WordStyles styles = new WordStyles(parts, stylesPart == null ? "" : stylesPart, depth);
            WordNumbering numbering = new WordNumbering(parts, numberingPart == null ? "" : numberingPart, depth);
            WordNotes notes = new WordNotes(parts, main, styles, depth);
            Map<String, ZipPackage.Relationship> relationships = parts.relationships(main);
            WordBlocks blocks =
                    new WordBlocks(out, styles, numbering, notes, new DrawingTexts(parts, out), relationships, depth);
            parts.read(main, blocks::readStory);
            blocks.finish();
            notes.addUnreferenced(out);
            addHeadersAndFooters(parts, relationships, styles, depth, out);
            return title == null ? blocks.title() : title;
        }
    }

    /** Each text once, although each section may have its own. */
    private static void addHeadersAndFooters(
            ZipPackage parts,
            Map<String, ZipPackage.Relationship> relationships,
            WordStyles styles,
            int depth,
            ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        RunningTexts texts = new RunningTexts(out);
        for (ZipPackage.Relationship one : relationships.values()) {
            boolean header = one.type().equals("header");
            if (!one.external() && (header || one.type().equals("footer"))) {
                parts.read(one.target(), xml -> {
                    while (ZipPackage.nextElement(xml)) {
                        if (xml.getLocalName().equals("p")) {
                            WordParagraph paragraph = WordParagraph.read(XmlElement.read(xml, depth), styles);
                            texts.add(header ? Mark.HEADER : Mark.FOOTER, paragraph.text());
                            paragraph
                                    .drawings()
                                    .forEach(drawing -> drawing.forEach(
                                            "txbxContent",
                                            box -> box.forEach(
                                                    "p",
                                                    inner -> texts.add(
                                                            header ? Mark.HEADER : Mark.FOOTER,
                                                            WordParagraph.read(inner, styles)
                                                                    .text()))));
                            out.notice(Kind.PICTURES, WordBlocks.pictures(paragraph));
                        }
                    }
                });
            }
        }
    }
}
