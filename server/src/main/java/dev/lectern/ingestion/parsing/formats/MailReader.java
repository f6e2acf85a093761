package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.mail.RFC822Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Mails: who wrote to whom, the text, and the documents attached (a bounded number, not those of attached mails). */
final class MailReader implements FormatReader {
    private static final int MAX_DEPTH = 2;

    private final DocumentReader reader;

    MailReader(DocumentReader reader) {
        this.reader = reader;
    }

    private record Attachment(Path file, String name) {}

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, SAXException, TikaException {
        if (!inputFile.mediaType().equals("message/rfc822")) {
            return read(inputFile, new OfficeParser(), null, out);
        }
        MailHead head = MailHead.of(inputFile.file());
        Path copy = head.copyWithContentType();
        try {
            return read(copy == null ? inputFile : inputFile.at(copy), new RFC822Parser(), head.date(), out);
        } finally {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** @param date as it was written; null for the one that the parser finds */
    private @Nullable String read(InputFile inputFile, Parser parser, @Nullable String date, ParsedDocumentBuilder out)
            throws IOException, SAXException, TikaException {
        Metadata metadata = new Metadata();
        MarkupBlockBuilder blocks =
                new MarkupBlockBuilder(out, inputFile.limits().depth(), false);
        Attachments attachments = new Attachments(inputFile);
        try {
            TikaXhtmlHandler handler = new TikaXhtmlHandler(blocks, out, () -> head(metadata, date, out));
            TikaInvoker.invoke(parser, inputFile, metadata, attachments, handler);
            blocks.finish();
            if (out.isEmpty()) {
                head(metadata, date, out);
            }
            for (Attachment attachment : attachments.found) {
                reader.readAttachment(attachment.file, attachment.name, inputFile, out);
            }
        } finally {
            for (Attachment attachment : attachments.found) {
                Files.deleteIfExists(attachment.file);
            }
        }
        String subject = metadata.get(TikaCoreProperties.TITLE);
        return subject == null ? metadata.get(TikaCoreProperties.SUBJECT) : subject;
    }

    private static void head(Metadata metadata, @Nullable String date, ParsedDocumentBuilder out) {
        List<String> lines = new ArrayList<>();
        line("From", metadata.get(Message.MESSAGE_FROM), lines);
        line("To", String.join(", ", metadata.getValues(Message.MESSAGE_TO)), lines);
        line("Cc", String.join(", ", metadata.getValues(Message.MESSAGE_CC)), lines);
        line("Bcc", String.join(", ", metadata.getValues(Message.MESSAGE_BCC)), lines);
        line("Date", date == null ? metadata.get(TikaCoreProperties.CREATED) : date, lines);
        line("Subject", metadata.get(TikaCoreProperties.TITLE), lines);
        out.paragraph(String.join("\n", lines));
    }

    private static void line(String name, @Nullable String value, List<String> lines) {
        if (value != null && !value.isBlank()) {
            lines.add(name + ": " + TextNormalizer.normalizeLine(value));
        }
    }

    /** Keeps what is attached in temporary files until the mail has been read. */
    private static final class Attachments implements EmbeddedDocumentExtractor {
        private final InputFile inputFile;
        private final List<Attachment> found = new ArrayList<>();

        Attachments(InputFile inputFile) {
            this.inputFile = inputFile;
        }

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return inputFile.depth() < MAX_DEPTH
                    && found.size() < inputFile.limits().attachments();
        }

        @Override
        public void parseEmbedded(InputStream in, ContentHandler handler, Metadata metadata, boolean outputHtml)
                throws IOException {
            String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
            Path file = Files.createTempFile("attachment", null);
            found.add(new Attachment(file, name == null ? "" : name));
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
