package dev.lectern.ingestion.parsing.formats.mail;

import dev.lectern.ingestion.parsing.formats.document.AttachmentReader;
import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.html.MarkupBlockBuilder;
import dev.lectern.ingestion.parsing.formats.tika.TikaInvoker;
import dev.lectern.ingestion.parsing.formats.tika.TikaXhtmlHandler;
import dev.lectern.library.ReadingNotice;
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
import org.apache.tika.parser.microsoft.TNEFParser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Mails: who wrote to whom, the text, and the documents attached (a bounded number, not those of attached mails). */
public final class MailReader implements FormatReader {
    /** What Outlook packs attachments into for programs that it takes for its own: {@code winmail.dat}. */
    public static final String TNEF = "application/vnd.ms-tnef";

    private static final int MAX_DEPTH = 2;
    /** Parts without a name, such as the text in its forms. */
    private static final int MAX_PARTS = 50;

    private final AttachmentReader attachmentReader;

    public MailReader(AttachmentReader attachmentReader) {
        this.attachmentReader = attachmentReader;
    }

    private record Attachment(Path file, String name) {}

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, SAXException, TikaException {
        if (inputFile.mediaType().equals(TNEF)) {
            return read(inputFile, new TNEFParser(), null, out);
        }
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
                new MarkupBlockBuilder(out, inputFile.limits().depth(), false).withQuoteMarks();
        Attachments attachments = new Attachments(inputFile, out);
        try {
            boolean[] begun = new boolean[1];
            TikaXhtmlHandler handler = new TikaXhtmlHandler(blocks, out, () -> {
                begun[0] = true;
                head(inputFile, metadata, date, out);
            });
            TikaInvoker.invoke(parser, inputFile, metadata, attachments, handler);
            blocks.finish();
            if (!begun[0]) {
                head(inputFile, metadata, date, out);
            }
            for (Attachment attachment : attachments.found) {
                attachmentReader.read(attachment.file, attachment.name, inputFile, out);
            }
        } finally {
            for (Attachment attachment : attachments.found) {
                Files.deleteIfExists(attachment.file);
            }
        }
        String subject = metadata.get(TikaCoreProperties.TITLE);
        return subject == null ? metadata.get(TikaCoreProperties.SUBJECT) : subject;
    }

    private static void head(InputFile inputFile, Metadata metadata, @Nullable String date, ParsedDocumentBuilder out) {
        String from = metadata.get(Message.MESSAGE_FROM);
        String sent = date == null ? metadata.get(TikaCoreProperties.CREATED) : date;
        String subject = metadata.get(TikaCoreProperties.TITLE);
        List<String> lines = new ArrayList<>();
        line("From", from, lines);
        line("To", String.join(", ", metadata.getValues(Message.MESSAGE_TO)), lines);
        line("Cc", String.join(", ", metadata.getValues(Message.MESSAGE_CC)), lines);
        line("Bcc", String.join(", ", metadata.getValues(Message.MESSAGE_BCC)), lines);
        line("Date", sent, lines);
        line("Subject", subject, lines);
        out.metadata("from", from);
        List.of(metadata.getValues(Message.MESSAGE_TO)).forEach(to -> out.metadata("to", to));
        List.of(metadata.getValues(Message.MESSAGE_CC)).forEach(cc -> out.metadata("cc", cc));
        out.metadata("sent", sent == null ? null : MetadataDate.parse(sent));
        out.metadata("subject", subject);
        if (inputFile.depth() > 0 && inputFile.name().isEmpty() && subject != null) {
            out.heading(0, subject);
        }
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
        private final ParsedDocumentBuilder out;
        private final List<Attachment> found = new ArrayList<>();

        Attachments(InputFile inputFile, ParsedDocumentBuilder out) {
            this.inputFile = inputFile;
            this.out = out;
        }

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
            long named = found.stream().filter(one -> !one.name().isEmpty()).count();
            boolean isRead = inputFile.depth() < MAX_DEPTH
                    && named < inputFile.limits().attachments()
                    && found.size() - named < MAX_PARTS;
            if (!isRead) {
                out.notice(ReadingNotice.Kind.UNREADABLE_ATTACHMENTS, 1, null, name);
            }
            return isRead;
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
