package dev.lectern.ingestion.parsing.formats.tika;

import dev.lectern.ingestion.parsing.formats.document.InputFile;
import java.io.IOException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Calls Tika's parsers: streaming, without macros, slide masters, deleted text, running heads and recursion. */
public final class TikaInvoker {
    private TikaInvoker() {}

    public static void invoke(
            Parser parser,
            InputFile inputFile,
            Metadata metadata,
            EmbeddedDocumentExtractor embedded,
            ContentHandler handler)
            throws IOException, SAXException, TikaException {
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, officeConfig());
        context.set(EmbeddedDocumentExtractor.class, embedded);
        context.set(Parser.class, EmptyParser.INSTANCE);
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, inputFile.name());
        metadata.set(Metadata.CONTENT_TYPE, inputFile.mediaType());
        try (TikaInputStream in = TikaInputStream.get(inputFile.file())) {
            parser.parse(in, handler, metadata, context);
        }
    }

    private static OfficeParserConfig officeConfig() {
        OfficeParserConfig config = new OfficeParserConfig();
        config.setUseSAXDocxExtractor(true);
        config.setUseSAXPptxExtractor(false);
        config.setExtractMacros(false);
        config.setIncludeDeletedContent(false);
        config.setIncludeMoveFromContent(false);
        config.setIncludeHeadersAndFooters(false);
        config.setIncludeSlideMasterContent(false);
        config.setIncludeSlideNotes(true);
        config.setIncludeMissingRows(false);
        config.setConcatenatePhoneticRuns(false);
        return config;
    }
}
