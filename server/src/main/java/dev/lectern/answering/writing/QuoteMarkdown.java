package dev.lectern.answering.writing;

import java.util.regex.Pattern;

/** How a quoted sentence stands in an answer. */
public final class QuoteMarkdown {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*\\[\\]<]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|^[#>]|^[-+](?= )|(?<=^\\d{1,9})\\.");

    private QuoteMarkdown() {}

    /** The sentence on one line, its own characters shown as they are and not as Markdown, with its marker. */
    public static String sentence(int number, String quote) {
        String line = SPACES.matcher(quote.strip()).replaceAll(" ");
        return escaped(line) + " [" + number + "]";
    }

    /** What stands in its place when its document was deleted. */
    public static String withheld(int number, String title) {
        return "*A sentence of “" + escaped(title)
                + "” stood here. The document was deleted, so it is not shown any more.* [" + number + "]";
    }

    private static String escaped(String text) {
        return MARKUP.matcher(text).replaceAll("\\\\$0");
    }
}
