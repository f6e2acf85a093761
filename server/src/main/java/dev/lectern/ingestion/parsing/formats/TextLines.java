package dev.lectern.ingestion.parsing.formats;

import java.util.List;

/** What the formats that are read line by line have in common. */
final class TextLines {
    private TextLines() {}

    static List<String> of(String text) {
        return text.lines().toList();
    }

    /** Lines of one paragraph as one line. */
    static String unwrapped(String paragraph) {
        return paragraph.replace('\n', ' ');
    }

    /** Lines of code as one text, without the white space that all of them begin with. */
    static String code(List<String> lines) {
        return String.join("\n", lines).stripTrailing().stripIndent();
    }

    static int indent(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Whether a line is one character, so many times or more. */
    static boolean isRule(String line, String characters, int least) {
        String rule = line.stripTrailing();
        return rule.length() >= least
                && characters.indexOf(rule.charAt(0)) >= 0
                && rule.chars().allMatch(c -> c == rule.charAt(0));
    }
}
