package dev.lectern.shared;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes foreign text into a Markdown document so that it is shown as it is: no HTML, image, link, heading, list, formula or template of the text takes effect. */
public final class MarkdownEscaper {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** What is invisible, or changes the direction of the text around it. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    /** Characters with a meaning anywhere, a list or heading at the beginning of a line, and what turns an address into a link. */
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*_{}\\[\\]<>#!|~&$@^]|^[-+=]|(?<=^\\d{1,9})[.)]|:(?=//)|(?<=\\bwww)\\.|(?<=\\b(?:mailto|xmpp)):",
            Pattern.CASE_INSENSITIVE);

    private MarkdownEscaper() {}

    /** The text on one line. */
    public static String line(String text) {
        String visible = INVISIBLE.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("");
        return MARKUP.matcher(visible.strip()).replaceAll("\\\\$0");
    }

    /** The text as a block quote, line by line, ending with a line break. */
    public static String blockQuote(String text) {
        return text.strip()
                .lines()
                .map(MarkdownEscaper::line)
                .map(line -> line.isEmpty() ? ">\n" : "> " + line + "\n")
                .collect(Collectors.joining());
    }
}
