package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.update.TitleSource;
import dev.lectern.shared.DiskFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.poi.EncryptedDocumentException;
import org.xml.sax.SAXParseException;

/** Reads any file: detects its media type, calls the reader of that format, and gives a reason when there is no text. Not thread-safe. */
public final class DocumentReader {
    private static final int MAX_CAUSES = 20;

    private final MediaTypeDetector detector = new MediaTypeDetector();
    private final FormatReaderRegistry readers = new FormatReaderRegistry(this::readAttachment);

    /** Reads a file. Throws nothing but errors of the virtual machine. */
    public ParseOutcome read(Path file, String name, ParseLimits limits) {
        try {
            String kind = kind(file, name, limits);
            ParsedDocumentBuilder out = new ParsedDocumentBuilder(limits);
            String title = readers.find(kind, name, limits).read(new InputFile(file, name, kind, limits, 0), out);
            if (out.isEmpty()) {
                throw RejectionException.noText("The file has no text in it that could be read.");
            }
            return new ParseOutcome.Parsed(out.build(title, name), kind);
        } catch (StackOverflowError e) {
            return rejected(RejectionException.tooDeep());
        } catch (Exception e) {
            return rejected(rejectionOf(e));
        }
    }

    /**
     * Appends an attachment to the text of its file; an attachment without a name gets no heading. One that cannot be read is counted, and its name stays.
     * What it says of itself is no metadata of the file.
     */
    private void readAttachment(Path file, String name, InputFile owner, ParsedDocumentBuilder out) {
        String kind = "";
        try {
            out.shiftHeadings(owner.depth() * 2);
            if (!name.isEmpty()) {
                out.heading(2, name);
            }
            kind = kind(file, name, owner.limits());
            FormatReader formatReader = readers.find(kind, name, owner.limits());
            out.shiftHeadings(owner.depth() * 2 + 2);
            out.takeMetadata(false);
            formatReader.read(new InputFile(file, name, kind, owner.limits(), owner.depth() + 1), out);
        } catch (RejectionException e) {
            if (e.code() == RejectionCode.TOO_LARGE || e.code() == RejectionCode.DISK_FULL) {
                throw e;
            }
            reportUnreadable(kind, name, out);
        } catch (Exception e) {
            if (DiskFull.isCauseOf(e)) {
                throw RejectionException.diskFull();
            }
            reportUnreadable(kind, name, out);
        } finally {
            out.takeMetadata(owner.depth() == 0);
            out.shiftHeadings(owner.depth() * 2);
            out.takeTitleFrom(TitleSource.CONTENT);
            out.page(null);
        }
    }

    private static void reportUnreadable(String kind, String name, ParsedDocumentBuilder out) {
        if (kind.startsWith("image/")) {
            out.notice(ReadingNotice.Kind.PICTURES, 1);
        } else {
            out.notice(ReadingNotice.Kind.UNREADABLE_ATTACHMENTS, 1, null, name.isEmpty() ? null : name);
        }
    }

    private String kind(Path file, String name, ParseLimits limits) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw RejectionException.empty();
        }
        PointerFileCheck.check(file, name);
        if (size > limits.fileBytes()) {
            throw new RejectionException(
                    RejectionCode.TOO_LARGE,
                    "The file has %,d MB, more than the %,d MB that are read. Split it into smaller files."
                            .formatted(size >> 20, limits.fileBytes() >> 20));
        }
        return detector.detect(file, name);
    }

    private static ParseOutcome.Rejected rejected(RejectionException rejectionException) {
        return new ParseOutcome.Rejected(rejectionException.code(), rejectionException.sentence());
    }

    private static RejectionException rejectionOf(Exception exception) {
        Throwable cause = exception;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            switch (cause) {
                case RejectionException rejectionException -> {
                    return rejectionException;
                }
                case EncryptedDocumentException e -> {
                    return RejectionException.encrypted();
                }
                case org.apache.tika.exception.EncryptedDocumentException e -> {
                    return RejectionException.encrypted();
                }
                case InvalidPasswordException e -> {
                    return RejectionException.encrypted();
                }
                case org.apache.tika.exception.ZeroByteFileException e -> {
                    return RejectionException.empty();
                }
                case SAXParseException e
                when String.valueOf(e.getMessage()).contains("DOCTYPE") -> {
                    return RejectionException.dangerous();
                }
                case IOException e
                when String.valueOf(e.getMessage()).startsWith("Zip bomb") -> {
                    return RejectionException.bomb();
                }
                default -> {
                    // Continue with its cause.
                }
            }
            cause = cause.getCause();
        }
        return DiskFull.isCauseOf(exception) ? RejectionException.diskFull() : RejectionException.broken();
    }
}
