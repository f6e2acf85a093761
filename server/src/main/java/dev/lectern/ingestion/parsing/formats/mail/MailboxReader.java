package dev.lectern.ingestion.parsing.formats.mail;

import dev.lectern.ingestion.parsing.formats.document.AttachmentReader;
import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.update.TitleSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Several mails in one file, each behind a line {@code From …}. One mail at a time is in a temporary file; no more than a number of them is read. */
public final class MailboxReader implements FormatReader {
    private static final int MAX_MAILS = 2_000;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUOTED_FROM = ">From ".getBytes(StandardCharsets.US_ASCII);

    private final AttachmentReader attachmentReader;

    public MailboxReader(AttachmentReader attachmentReader) {
        this.attachmentReader = attachmentReader;
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        Path mail = Files.createTempFile("mail", ".eml");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(inputFile.file()))) {
            byte[] line = readLine(in);
            int mails = 0;
            while (line.length > 0) {
                line = copyMail(in, mail);
                if (++mails <= MAX_MAILS) {
                    attachmentReader.read(mail, "", inputFile, out);
                }
            }
            out.notice(ReadingNotice.Kind.PAST_LIMIT, mails - MAX_MAILS, mails, null);
        } finally {
            Files.deleteIfExists(mail);
        }
        out.takeTitleFrom(TitleSource.STEM);
        return null;
    }

    /** Copies the lines up to the one that begins the next mail, which is returned; it is empty at the end of the file. */
    private static byte[] copyMail(InputStream in, Path mail) throws IOException {
        try (OutputStream copy = new BufferedOutputStream(Files.newOutputStream(mail))) {
            boolean afterEmpty = false;
            for (byte[] line = readLine(in); line.length > 0; line = readLine(in)) {
                if (afterEmpty && startsWith(line, FROM)) {
                    return line;
                }
                afterEmpty = line.length <= 2 && (line[0] == '\n' || line[0] == '\r');
                int from = startsWith(line, QUOTED_FROM) ? 1 : 0;
                copy.write(line, from, line.length - from);
            }
            return new byte[0];
        }
    }

    private static boolean startsWith(byte[] line, byte[] start) {
        if (line.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (line[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** A line with its end; a very long one comes in pieces. Empty at the end of the file. */
    private static byte[] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n' || line.size() >= 1 << 16) {
                break;
            }
        }
        return line.toByteArray();
    }
}
