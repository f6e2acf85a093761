package dev.lectern.answering.prompt;

import dev.lectern.library.Passage;
import java.util.regex.Pattern;

/** A passage as it stands in a prompt. Nothing in it can end it early or look like another one. */
final class PassageMarkup {
    private static final Pattern DELIMITER =
            Pattern.compile("[<＜﹤‹]\\s*(/?)\\s*(passages?|question)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t\\u200c\\u200d]]");

    private PassageMarkup() {}

    static String of(int number, Passage passage) {
        String headings = String.join(" › ", passage.headings());
        return "<passage number=\"" + number + "\" title=\"" + attribute(passage.title())
                + (headings.isEmpty() ? "" : "\" headings=\"" + attribute(headings)) + "\">\n"
                + neutral(passage.text()).strip() + "\n</passage>\n";
    }

    /** The text without what would be taken for the prompt's own delimiters, and without invisible characters. */
    static String neutral(String text) {
        return DELIMITER.matcher(CONTROL.matcher(text).replaceAll("")).replaceAll("($1$2");
    }

    private static String attribute(String text) {
        return neutral(text).replaceAll("[\"<>\\s]+", " ").strip();
    }
}
