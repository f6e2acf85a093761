package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-, semicolon-, tab- or bar-separated tables; a text that is none of them is read as plain text. */
final class CsvReader implements FormatReader {
    private static final String SEPARATORS = ",;\t|";
    private static final int SAMPLE_LINES = 20;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        char separator = separator(text);
        if (separator == 0) {
            PlainTextReader.write(text, out);
            return null;
        }
        boolean first = true;
        int at = 0;
        while (at < text.length()) {
            List<String> cells = new ArrayList<>();
            at = record(text, at, separator, cells);
            boolean filled = cells.stream().anyMatch(cell -> !cell.isBlank());
            if (filled) {
                boolean header = first && cells.stream().noneMatch(MarkupBlockBuilder::isFigure);
                out.row(header, cells);
                first = false;
            }
        }
        return null;
    }

    /** The separator that stands in every line most regularly, 0 when none does. */
    private static char separator(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(SAMPLE_LINES).toList();
        char best = 0;
        long most = 0;
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char separator = SEPARATORS.charAt(i);
            long least = lines.stream()
                    .mapToLong(line -> line.chars().filter(c -> c == separator).count())
                    .min()
                    .orElse(0);
            if (least > most) {
                most = least;
                best = separator;
            }
        }
        if (best != 0 || lines.isEmpty()) {
            return best;
        }
        return lines.getFirst().indexOf(',') >= 0 ? ',' : 0;
    }

    /** Reads one record (RFC 4180: quotes double themselves, quoted cells may hold line breaks); returns where the next begins. */
    private static int record(String text, int start, char separator, List<String> cells) {
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int at = start;
        for (; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"' && quoted && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                cell.append('"');
                at++;
            } else if (character == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (character == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (character == '\n' && !quoted) {
                at++;
                break;
            } else {
                cell.append(character);
            }
        }
        cells.add(cell.toString());
        return at;
    }
}
