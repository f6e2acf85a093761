package dev.lectern.ingestion.parsing.formats;

import java.util.regex.Pattern;

/** Removes the marks of emphasis, which are the same in Markdown, AsciiDoc and reStructuredText; otherwise answers would quote them. */
final class EmphasisRemover {
    /** Not inside a word, not beside a space, not in code, where the marks are operators or parts of names. */
    private static final Pattern MARKED = Pattern.compile(
            "(?<![\\p{L}\\p{N}*_\\\\/.])([*_])(?=[^\\s*_])([^*_\\n]{0,500}[^\\s*_])\\1(?![\\p{L}\\p{N}*_/])");

    private EmphasisRemover() {}

    static String remove(String text) {
        return MARKED.matcher(text).replaceAll("$2");
    }
}
