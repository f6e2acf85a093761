package dev.lectern.ingestion.parsing.formats.text;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Parts what somebody wrote in a mail from the lines of others, which begin with {@code >}. */
public final class MailQuotes {
    private static final Pattern MARKS = Pattern.compile("^(?:>\\s?)+");

    private MailQuotes() {}

    /** @param own gets each run of lines without the mark; those with it become quotes without their marks */
    public static void divide(String text, Consumer<String> own, ParsedDocumentBuilder out) {
        StringBuilder run = new StringBuilder();
        boolean quoted = false;
        for (String line : text.lines().toList()) {
            String bare = line.strip();
            boolean marked = bare.startsWith(">");
            if (marked != quoted) {
                add(run, quoted, own, out);
            }
            quoted = marked;
            run.append(marked ? MARKS.matcher(bare).replaceFirst("") : line).append('\n');
        }
        add(run, quoted, own, out);
    }

    private static void add(StringBuilder run, boolean quoted, Consumer<String> own, ParsedDocumentBuilder out) {
        if (quoted) {
            out.quote(run.toString());
        } else {
            own.accept(run.toString());
        }
        run.setLength(0);
    }
}
