package dev.lectern.ingestion.parsing.formats.picture;

import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RecognisedTextWriter;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage;
import dev.lectern.ingestion.parsing.ocr.TextRecognizer;
import dev.lectern.library.ReadingNotice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pictures: their text is recognised by the command of the operator. */
public final class PictureReader implements FormatReader {
    private static final Set<String> TYPES =
            Set.of("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/x-ms-bmp", "image/gif", "image/webp");

    private final OcrCommand command;

    public PictureReader(OcrCommand command) {
        this.command = command;
    }

    public static boolean reads(String mediaType) {
        return TYPES.contains(mediaType);
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) {
        TextRecognizer recognizer = new TextRecognizer(command);
        List<RecognisedPage> pages = recognizer.recognise(inputFile.file());
        String failure = recognizer.failure();
        if (failure != null) {
            throw new RejectionException(
                    RejectionCode.NO_TEXT,
                    "The text of the picture was not recognised: " + failure
                            + ". Check the command, then add the file again.");
        }
        RecognisedTextWriter writer = new RecognisedTextWriter(pages);
        for (int i = 0; i < pages.size(); i++) {
            out.page(i + 1);
            writer.write(pages.get(i), out);
        }
        out.page(null);
        if (out.isEmpty()) {
            throw RejectionException.noText(
                    "No text was recognised in the picture. Add a sharper one, or a file that contains text.");
        }
        out.notice(ReadingNotice.Kind.RECOGNISED_PAGES, pages.size(), pages.size(), null);
        return null;
    }
}
