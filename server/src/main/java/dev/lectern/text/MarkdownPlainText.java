package dev.lectern.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts Markdown to plain text, for terminals, e-mails and programs that show no Markdown. Escapes are resolved, and the marks of headings, emphasis,
 * code, quotes and tables are removed. Bullets become {@code -}, numbers of lists stay. A link becomes its text with the address in brackets, an image its
 * description. Citation markers such as {@code [1]} stay as they are. Pure and thread-safe.
 */
public final class MarkdownPlainText {
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})[^`]*$");
    private static final Pattern THEMATIC_BREAK = Pattern.compile("^ {0,3}(?:(?:\\* *){3,}|(?:_ *){3,}|(?:- *){3,})$");
    private static final Pattern HEADING_UNDERLINE = Pattern.compile("^ {0,3}=+ *$");
    private static final Pattern TABLE_RULE =
            Pattern.compile("^ *\\|? *:?-+:? *(?:\\| *:?-+:? *)+\\|? *$|^ *\\| *:?-+:? *\\| *$");
    private static final Pattern TABLE_ROW = Pattern.compile("^ *\\|(.*?)(?<!\\\\)\\| *$");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}(?: +(.*?))?(?: +#+)? *$");
    private static final Pattern QUOTE = Pattern.compile("^ {0,3}> ?");
    private static final Pattern BULLET = Pattern.compile("^( *)[*+-] +(?=\\S)");
    private static final Pattern LINE_END = Pattern.compile("(?:\\\\| +)$");

    private MarkdownPlainText() {}

    /** @param markdown with line ends as {@code \n} */
    public static String of(String markdown) {
        List<String> lines = new ArrayList<>();
        String fence = null;
        for (String line : markdown.split("\n", -1)) {
            Matcher mark = FENCE.matcher(line);
            if (fence != null) {
                if (mark.matches()
                        && mark.group(1).startsWith(fence)
                        && line.strip().equals(mark.group(1))) {
                    fence = null;
                } else {
                    lines.add(line);
                }
            } else if (mark.matches()) {
                fence = mark.group(1);
            } else if (!isRule(line, lines)) {
                lines.add(lineOf(line));
            }
        }
        return String.join("\n", lines).strip();
    }

    /** Lines that only mark something and have no text. */
    private static boolean isRule(String line, List<String> before) {
        boolean afterText = !before.isEmpty() && !before.getLast().isBlank();
        return THEMATIC_BREAK.matcher(line).matches()
                || TABLE_RULE.matcher(line).matches()
                || (afterText && HEADING_UNDERLINE.matcher(line).matches());
    }

    private static String lineOf(String line) {
        String text = line;
        for (Matcher quote = QUOTE.matcher(text); quote.find(); quote = QUOTE.matcher(text)) {
            text = text.substring(quote.end());
        }
        Matcher heading = HEADING.matcher(text);
        if (heading.matches()) {
            return MarkdownInlines.toPlainText(heading.group(1) == null ? "" : heading.group(1));
        }
        Matcher row = TABLE_ROW.matcher(text);
        if (row.matches()) {
            text = row.group(1).strip();
        }
        Matcher bullet = BULLET.matcher(text);
        String start = "";
        if (bullet.find()) {
            start = bullet.group(1) + "- ";
            text = text.substring(bullet.end());
        }
        return start + MarkdownInlines.toPlainText(LINE_END.matcher(text).replaceFirst(""));
    }
}
