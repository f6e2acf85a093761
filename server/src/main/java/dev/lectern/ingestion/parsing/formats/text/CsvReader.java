package dev.lectern.ingestion.parsing.formats.text;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TableHeaders;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Comma-, semicolon-, tab- or bar-separated tables, whose quoted cells may hold line breaks. Lines before the table are read as text, and a file without a
 * table is read as plain text.
 */
public final class CsvReader implements FormatReader {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final int SAMPLE = 1 << 16;
    /** A cell with more lines is a quote that nobody closed. */
    private static final int MAX_CELL_LINES = 500;

    /**
     * How the records are written.
     *
     * @param columns cells of most records, 2 or more
     * @param regular records of the sample that have so many
     */
    private record Dialect(CSVFormat format, int columns, int regular) {}

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        Dialect dialect = detect(text);
        if (dialect == null) {
            PlainTextReader.write(text, out);
            return null;
        }
        try (CSVParser records = parse(text, dialect.format())) {
            boolean begun = false;
            for (CSVRecord cells : records) {
                boolean first = !begun && cells.size() >= dialect.columns();
                begun |= first;
                if (begun) {
                    out.row(first && TableHeaders.isHeader(cells.toList()), cells.toList());
                } else {
                    out.paragraph(String.join(" ", cells.toList()));
                }
            }
        }
        return null;
    }

    /** The dialect whose records have the same number of cells most often; null when the text is no table. */
    private static @Nullable Dialect detect(String text) throws IOException {
        String sample = text.length() <= SAMPLE ? text : text.substring(0, Math.max(1, text.lastIndexOf('\n', SAMPLE)));
        Dialect best = null;
        for (char separator : SEPARATORS) {
            Dialect dialect = examine(sample, format(separator));
            if (dialect != null && (best == null || dialect.regular() > best.regular())) {
                best = dialect;
            }
        }
        return best;
    }

    private static @Nullable Dialect examine(String sample, CSVFormat format) throws IOException {
        boolean quotes = hasOnlyClosedQuotes(sample, format);
        CSVFormat used = quotes ? format : format.builder().setQuote(null).get();
        Map<Integer, Integer> sizes = new HashMap<>();
        int records = 0;
        try (CSVParser parser = parse(sample, used)) {
            for (CSVRecord cells : parser) {
                records++;
                sizes.merge(cells.size(), 1, Integer::sum);
            }
        }
        int all = records;
        return sizes.entrySet().stream()
                .filter(size -> size.getKey() > 1)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .filter(size -> size.getValue() == all || (size.getValue() > 1 && size.getValue() * 2 >= all))
                .map(size -> new Dialect(used, size.getKey(), size.getValue()))
                .orElse(null);
    }

    private static boolean hasOnlyClosedQuotes(String sample, CSVFormat format) throws IOException {
        try (CSVParser parser = parse(sample, format)) {
            for (CSVRecord cells : parser) {
                if (cells.stream().anyMatch(cell -> cell.lines().count() > MAX_CELL_LINES)) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException malformed) {
            return false;
        }
    }

    private static CSVParser parse(String text, CSVFormat format) throws IOException {
        return CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get();
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
    }
}
