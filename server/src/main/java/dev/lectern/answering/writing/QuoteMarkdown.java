package dev.lectern.answering.writing;

import dev.lectern.text.InvisibleCharacterFilter;
import java.util.regex.Pattern;

/** Formats quoted sentences as Markdown. */
public final class QuoteMarkdown {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*\\[\\]<]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|^[#>]|^[-+](?= )|(?<=^\\d{1,9})\\.");

    private QuoteMarkdown() {}

    /** The sentence on one line with its citation marker. Its Markdown characters are escaped. */
    public static String format(int number, String quote) {
        String line = SPACES.matcher(quote.strip()).replaceAll(" ");
        return escape(line) + " [" + number + "]";
    }

    /** The placeholder for a sentence whose document was deleted. */
    public static String formatWithheld(int number, String title) {
        return "*A sentence of “" + escape(title) + "” is not shown, because its document was deleted.* [" + number
                + "]";
    }

    private static String escape(String text) {
        return MARKUP.matcher(InvisibleCharacterFilter.filter(text)).replaceAll("\\\\$0");
    }
}
