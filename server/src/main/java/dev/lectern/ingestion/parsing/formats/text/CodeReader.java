package dev.lectern.ingestion.parsing.formats.text;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Source code and configuration: kept as it is, divided where a definition ends and an outer one begins. */
public final class CodeReader implements FormatReader {
    /** Shorter pieces are not worth a block of their own. */
    private static final int PIECE = 400;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        write(TextDecoder.read(inputFile.file(), inputFile.limits(), null), out);
        out.takeTitleFrom(TitleSource.FILE_NAME);
        return null;
    }

    static void write(String code, ParsedDocumentBuilder out) {
        StringBuilder piece = new StringBuilder();
        boolean afterEmpty = false;
        for (String line : TextLineFunctions.split(code)) {
            boolean outer = afterEmpty && !line.isBlank() && TextLineFunctions.indentOf(line) <= 4;
            if (outer && piece.length() > PIECE) {
                out.code(piece.toString());
                piece.setLength(0);
            }
            piece.append(line).append('\n');
            afterEmpty = line.isBlank();
        }
        out.code(piece.toString());
    }
}
