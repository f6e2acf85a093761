package dev.lectern.ingestion.parsing.formats;

import java.util.List;

/** Functions on lines of text, for the formats that are read line by line. */
final class TextLineFunctions {
    private TextLineFunctions() {}

    static List<String> split(String text) {
        return text.lines().toList();
    }

    /** Joins the lines of one paragraph into one line. */
    static String unwrap(String paragraph) {
        return paragraph.replace('\n', ' ');
    }

    /** Joins lines of code, without their common indentation. */
    static String joinCode(List<String> lines) {
        return String.join("\n", lines).stripTrailing().stripIndent();
    }

    static int indentOf(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Whether a line is one of the characters, repeated {@code least} times or more. */
    static boolean isRule(String line, String characters, int least) {
        String rule = line.stripTrailing();
        return rule.length() >= least
                && characters.indexOf(rule.charAt(0)) >= 0
                && rule.chars().allMatch(c -> c == rule.charAt(0));
    }
}
