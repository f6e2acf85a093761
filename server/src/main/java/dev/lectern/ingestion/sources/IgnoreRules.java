package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rules for the files of a folder that are left out: the commonly used part of gitignore's patterns. {@code *} and {@code ?} stay within a name, {@code **}
 * crosses folders, a pattern with a slash before its end is bound to the root, a slash at its end means folders only, {@code !} includes again, and the
 * last pattern that matches decides. A file in a folder that is left out cannot be included again.
 */
final class IgnoreRules {
    static final String FILE = ".lecternignore";
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(Pattern pattern, boolean foldersOnly, boolean includes) {}

    /** The given patterns, then those of the root's own file when there is one. */
    static IgnoreRules of(List<String> patterns, Path root) throws IOException {
        List<Rule> rules = new ArrayList<>();
        patterns.forEach(pattern -> add(pattern, rules));
        Path file = root.resolve(FILE);
        if (Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES) {
            Files.readAllLines(file).forEach(line -> add(line, rules));
        }
        return new IgnoreRules(rules);
    }

    /** @param path from the root, with {@code /} between folders */
    boolean isIgnored(String path, boolean folder) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if ((folder || !rule.foldersOnly()) && rule.pattern().matcher(path).matches()) {
                ignored = !rule.includes();
            }
        }
        return ignored;
    }

    private static void add(String line, List<Rule> rules) {
        String pattern = line.strip();
        if (pattern.isEmpty() || pattern.startsWith("#")) {
            return;
        }
        boolean includes = pattern.startsWith("!");
        pattern = includes ? pattern.substring(1) : pattern;
        boolean foldersOnly = pattern.endsWith("/");
        pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean bound = pattern.contains("/");
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        rules.add(new Rule(Pattern.compile((bound ? "" : "(?:.*/)?") + regex(pattern)), foldersOnly, includes));
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i += 1;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
