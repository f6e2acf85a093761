package dev.lectern.ingestion.parsing.formats;

import java.util.regex.Pattern;

/** The marks around words that are emphasised, the same in Markdown, AsciiDoc and reStructuredText: they are for the looks and would be quoted. */
final class EmphasisRemover {
    /** Not inside a word, not beside a space, not within code that multiplies or names things. */
    private static final Pattern MARKED = Pattern.compile(
            "(?<![\\p{L}\\p{N}*_\\\\/.])([*_])(?=[^\\s*_])([^*_\\n]{0,500}[^\\s*_])\\1(?![\\p{L}\\p{N}*_/])");

    private EmphasisRemover() {}

    static String removed(String text) {
        return MARKED.matcher(text).replaceAll("$2");
    }
}
