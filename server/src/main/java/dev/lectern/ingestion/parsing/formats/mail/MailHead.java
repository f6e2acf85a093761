package dev.lectern.ingestion.parsing.formats.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The beginning of a mail as it was written: what the library that parses mails changes or does not see. */
final class MailHead {
    private static final int BYTES = 1 << 16;
    /** The header of the mail itself, not of one within it. */
    private static final Pattern DATE =
            Pattern.compile("\\A(?:(?!date:)[^\\r\\n]++\\r?\\n)*+date:[ \\t]*([^\\r\\n(]+)", Pattern.CASE_INSENSITIVE);
    /** Headers without a content type, an empty line, and the beginning of a web page. */
    private static final Pattern UNDECLARED_HTML = Pattern.compile(
            "\\A(?:(?!content-type:)[^\\r\\n]++\\r?\\n)++\\s*+<(?:!doctype html|html|body)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Path mail;
    private final String text;

    private MailHead(Path mail, String text) {
        this.mail = mail;
        this.text = text;
    }

    static MailHead of(Path mail) throws IOException {
        try (InputStream in = Files.newInputStream(mail)) {
            return new MailHead(mail, new String(in.readNBytes(BYTES), StandardCharsets.ISO_8859_1));
        }
    }

    /** The date as the sender wrote it, since it may be another day in another time zone; null when there is none. */
    @Nullable String date() {
        Matcher written = DATE.matcher(text);
        return written.find() ? written.group(1) : null;
    }

    /** A copy that says that the body is a web page, when it is one although no header says so; otherwise null. The caller deletes it. */
    @Nullable Path copyWithContentType() throws IOException {
        if (!UNDECLARED_HTML.matcher(text).find()) {
            return null;
        }
        Path copy = Files.createTempFile("mail", null);
        try (OutputStream out = Files.newOutputStream(copy)) {
            out.write("MIME-Version: 1.0\r\nContent-Type: text/html\r\n".getBytes(StandardCharsets.US_ASCII));
            Files.copy(mail, out);
        }
        return copy;
    }
}
