package dev.lectern.ingestion.parsing.formats.text;

import java.util.List;

/** Functions on lines of text, for the formats that are read line by line. */
public final class TextLineFunctions {
    private TextLineFunctions() {}

    public static List<String> split(String text) {
        return text.lines().toList();
    }

    /** Joins the lines of one paragraph into one line. */
    static String unwrap(String paragraph) {
        return paragraph.replace('\n', ' ');
    }

    /** Joins lines of code, without their common indentation. */
    public static String joinCode(List<String> lines) {
        return String.join("\n", lines).stripTrailing().stripIndent();
    }

    /** Lines without the indentation that all lines with text have in common. */
    public static List<String> dedent(List<String> lines) {
        int common = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(TextLineFunctions::indentOf)
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(common))
                .toList();
    }

    /** Replaces tabs by the spaces up to the next multiple of eight columns. */
    public static String expandTabs(String line) {
        if (line.indexOf('\t') < 0) {
            return line;
        }
        StringBuilder expanded = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\t') {
                expanded.repeat(' ', 8 - expanded.length() % 8);
            } else {
                expanded.append(line.charAt(i));
            }
        }
        return expanded.toString();
    }

    public static int indentOf(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Whether a line is one of the characters, repeated {@code least} times or more. */
    public static boolean isRule(String line, String characters, int least) {
        String rule = line.stripTrailing();
        return rule.length() >= least
                && characters.indexOf(rule.charAt(0)) >= 0
                && rule.chars().allMatch(c -> c == rule.charAt(0));
    }
}
