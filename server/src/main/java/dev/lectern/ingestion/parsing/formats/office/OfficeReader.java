package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.html.MarkupBlockBuilder;
import dev.lectern.ingestion.parsing.formats.tika.TikaInvoker;
import dev.lectern.ingestion.parsing.formats.tika.TikaXhtmlHandler;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Office;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Office documents of formats that have no reader of their own, such as binary ones of PowerPoint and of Word 6 and 95. What is embedded in them (pictures, the sheets behind charts, whole documents) is left out:
 * it repeats what is seen, or is a document of its own.
 */
public final class OfficeReader implements FormatReader {
    private final Map<String, Parser> parsers = new HashMap<>();

    public OfficeReader() {
        for (Parser parser : List.of(new OfficeParser(), new OOXMLParser(), new OpenDocumentParser())) {
            for (MediaType type : parser.getSupportedTypes(new ParseContext())) {
                parsers.put(type.toString(), parser);
            }
        }
        List.of("application/vnd.ms-outlook", "application/x-tika-msoffice", "application/x-tika-ooxml")
                .forEach(parsers::remove);
    }

    public boolean reads(String mediaType) {
        return parsers.containsKey(mediaType);
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, SAXException, TikaException {
        Parser parser = parsers.get(inputFile.mediaType());
        if (parser == null) {
            throw RejectionException.broken();
        }
        Metadata metadata = new Metadata();
        MarkupBlockBuilder blocks =
                new MarkupBlockBuilder(out, inputFile.limits().depth(), true);
        TikaXhtmlHandler handler = new TikaXhtmlHandler(blocks, out, () -> {});
        if (inputFile.mediaType().equals("application/msword")) {
            handler.markFootnotes();
        }
        TikaInvoker.invoke(parser, inputFile, metadata, new IgnoringExtractor(), handler);
        blocks.finish();
        addMetadata(metadata, out);
        boolean sheets =
                inputFile.mediaType().contains("sheet") || inputFile.mediaType().contains("excel");
        if (sheets && !out.hasMoreThanHeadings()) {
            throw RejectionException.noText("The file has sheets, but no cell with anything in it.");
        }
        String title = title(metadata);
        if (title == null && sheets) {
            // The headings are the names of sheets.
            out.takeTitleFrom(TitleSource.STEM);
        }
        return title;
    }

    private static void addMetadata(Metadata metadata, ParsedDocumentBuilder out) {
        for (String author : metadata.getValues(TikaCoreProperties.CREATOR)) {
            out.metadata("author", author);
        }
        DocumentProperties.addTime("created", metadata.get(TikaCoreProperties.CREATED), out);
        DocumentProperties.addTime("modified", metadata.get(TikaCoreProperties.MODIFIED), out);
        out.metadata("language", metadata.get(TikaCoreProperties.LANGUAGE));
        for (String subject : metadata.getValues(TikaCoreProperties.SUBJECT)) {
            out.metadata("subject", subject);
        }
        for (String keywords : metadata.getValues(Office.KEYWORDS)) {
            out.metadata("keywords", keywords);
        }
    }

    /** Programs fill the title with what they please; what is no title is not believed. */
    static @Nullable String title(Metadata metadata) {
        String title = metadata.get(TikaCoreProperties.TITLE);
        return title == null || !MetadataValidator.isTitle(title) ? null : title;
    }

    private static final class IgnoringExtractor implements EmbeddedDocumentExtractor {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream in, ContentHandler handler, Metadata metadata, boolean outputHtml) {
            // Left out.
        }
    }
}
