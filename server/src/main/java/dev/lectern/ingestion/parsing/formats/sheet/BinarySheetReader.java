package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.office.DocumentProperties;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Date;
import java.util.List;
import org.apache.poi.hpsf.NoPropertySetStreamException;
import org.apache.poi.hpsf.PropertySetFactory;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.hssf.eventusermodel.HSSFEventFactory;
import org.apache.poi.hssf.eventusermodel.HSSFRequest;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/** Binary workbooks of Excel 97 to 2003, read as those of Office Open XML are: streamed, hidden sheets too. Older ones are read by {@link OldSheetReader}. */
public final class BinarySheetReader implements FormatReader {
    private static final List<String> STREAMS = List.of("Workbook", "WORKBOOK", "BOOK");
    private static final String OLD_STREAM = "Book";

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem(inputFile.file().toFile(), true)) {
            String title = readProperties(file.getRoot(), out);
            String stream = STREAMS.stream()
                    .filter(file.getRoot()::hasEntry)
                    .findFirst()
                    .orElse(null);
            if (stream == null && file.getRoot().hasEntry(OLD_STREAM)) {
                try (InputStream in = file.createDocumentInputStream(OLD_STREAM)) {
                    OldSheetReader.read(in, out);
                }
            } else if (stream == null) {
                throw RejectionException.broken();
            } else {
                readRecords(file, stream, out);
            }
            if (title == null) {
                // The headings are the names of sheets.
                out.takeTitleFrom(TitleSource.STEM);
            }
            return title;
        }
    }

    private static void readRecords(POIFSFileSystem file, String stream, ParsedDocumentBuilder out) throws IOException {
        SheetOutput output = new SheetOutput(out);
        BinarySheetListener listener = new BinarySheetListener(output, out);
        readOnce(file, stream, listener);
        listener.readRows();
        readOnce(file, stream, listener);
        output.finish();
    }

    private static void readOnce(POIFSFileSystem file, String stream, BinarySheetListener listener) throws IOException {
        HSSFRequest request = new HSSFRequest();
        request.addListenerForAllRecords(listener);
        try (DocumentInputStream in = file.createDocumentInputStream(stream)) {
            new HSSFEventFactory().processEvents(request, in);
        }
    }

    /** Adds author and times of a file of old Office programs, and returns the title if it is a real one. */
    public static @Nullable String readProperties(DirectoryEntry root, ParsedDocumentBuilder out) throws IOException {
        if (!root.hasEntry(SummaryInformation.DEFAULT_STREAM_NAME)
                || !(root.getEntry(SummaryInformation.DEFAULT_STREAM_NAME) instanceof DocumentEntry entry)) {
            return null;
        }
        try (DocumentInputStream in = new DocumentInputStream(entry)) {
            if (PropertySetFactory.create(in) instanceof SummaryInformation summary) {
                out.metadata("author", summary.getAuthor());
                DocumentProperties.addTime("created", text(summary.getCreateDateTime()), out);
                DocumentProperties.addTime("modified", text(summary.getLastSaveDateTime()), out);
                out.metadata("subject", summary.getSubject());
                out.metadata("keywords", summary.getKeywords());
                String title = summary.getTitle();
                return title == null || !MetadataValidator.isTitle(title) ? null : title;
            }
        } catch (NoPropertySetStreamException | RuntimeException damaged) {
            // The text can be read all the same.
            return null;
        }
        return null;
    }

    @SuppressWarnings("JavaUtilDate") // The type of POI.
    private static @Nullable String text(@Nullable Date time) {
        return time == null || time.getTime() <= 0 ? null : time.toInstant().toString();
    }
}
