package dev.lectern.ingestion.passages;

import dev.lectern.text.TableContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text that an embedder reads for a passage: its title, headings and what its rows need of their table, then its own text. */
public final class EmbeddingInput {
    /** Longer titles and heading paths are cut to this many UTF-16 units each, so that text stays. */
    static final int MAX_CONTEXT = 200;

    private EmbeddingInput() {}

    public static String format(String title, List<String> headings, String text) {
        return format(title, headings, null, text);
    }

    /** @param tableHeader what the rows of the text need of their table, as {@link TableContext#toStored}; null for a text without rows */
    public static String format(String title, List<String> headings, @Nullable String tableHeader, String text) {
        StringBuilder input = new StringBuilder(context(title, headings));
        TableContext table = TableContext.parse(tableHeader);
        if (table != null) {
            table.lines(text).forEach(line -> input.append(line).append('\n'));
        }
        return input.append(text).toString();
    }

    /** What stands before text and table: lines, each ended by a line break; empty when there is nothing to say. */
    static String context(String title, List<String> headings) {
        StringBuilder context = new StringBuilder();
        boolean titleIsHeading = !headings.isEmpty() && headings.getFirst().equalsIgnoreCase(title);
        append(context, titleIsHeading ? "" : title);
        append(context, String.join(" > ", headings));
        return context.toString();
    }

    private static void append(StringBuilder context, String line) {
        if (!line.isBlank()) {
            context.append(shortened(line.strip())).append('\n');
        }
    }

    /** The end of a heading path says more than its beginning, so the beginning is dropped. */
    private static String shortened(String line) {
        if (line.length() <= MAX_CONTEXT) {
            return line;
        }
        int from = line.length() - MAX_CONTEXT;
        return line.substring(Character.isLowSurrogate(line.charAt(from)) ? from + 1 : from);
    }
}
