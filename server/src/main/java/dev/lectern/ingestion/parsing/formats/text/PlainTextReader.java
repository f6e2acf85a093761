package dev.lectern.ingestion.parsing.formats.text;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain text: paragraphs are parted by empty lines; lines that were broken to fit a width are joined. */
public final class PlainTextReader implements FormatReader {
    private static final Pattern EMPTY_LINES = Pattern.compile("\\R[ \\t\\f]*(?:\\R[ \\t\\f]*)+|\\f");
    private static final Pattern LIST_ITEM = Pattern.compile("(?:[-*•+]|\\(?\\d{1,3}[.)])\\s+\\S.*", Pattern.DOTALL);

    /** Lines at least this long on average were broken to fit a width. */
    private static final int WRAPPED = 45;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        boolean isPartOfMail = inputFile.depth() > 0 && inputFile.name().isEmpty();
        if (isPartOfMail) {
            MailQuotes.divide(text, own -> write(own, out), out);
        } else {
            write(text, out);
        }
        return null;
    }

    static void write(String text, ParsedDocumentBuilder out) {
        for (String part : EMPTY_LINES.split(text, -1)) {
            String paragraph = TextNormalizer.normalizeLines(part);
            if (LIST_ITEM.matcher(paragraph).matches()) {
                out.listItem(1, TextLineFunctions.unwrap(paragraph));
            } else {
                out.paragraph(isWrapped(paragraph) ? TextLineFunctions.unwrap(paragraph) : paragraph);
            }
        }
    }

    private static boolean isWrapped(String paragraph) {
        int last = paragraph.lastIndexOf('\n');
        if (last < 0) {
            return false;
        }
        long breaks = paragraph.chars().filter(c -> c == '\n').count();
        return last / breaks >= WRAPPED;
    }
}
