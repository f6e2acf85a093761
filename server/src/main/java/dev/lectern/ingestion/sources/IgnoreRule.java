package dev.lectern.ingestion.sources;

import dev.lectern.shared.FolderPath;
import java.util.regex.Pattern;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.jspecify.annotations.Nullable;

/**
 * One rule in the syntax of {@code .gitignore}, matched by JGit. Git compares bytes, so pattern and path are compared as their bytes in UTF-8, one character
 * each: then {@code ?} is one byte and a class such as {@code [a-z]} a set of bytes, as in git, and names that are not UTF-8 can be matched. What JGit reads in
 * another way than git is put right before JGit sees the pattern.
 */
final class IgnoreRule {
    /** JGit matches with a regular expression that tries every way to divide a name among the asterisks: more of them take minutes for one name. */
    private static final int MAX_ASTERISKS = 5;

    private static final int FIRST_BEYOND_ASCII = 0x80;
    private static final int PRIVATE_USE = 0xE000;
    private static final Pattern ASTERISKS = Pattern.compile("\\*+");
    /** For git as good as two. */
    private static final Pattern ASTERISKS_ALONE = Pattern.compile("(?<![^/])\\*{3,}(?![^/])");

    private final FastIgnoreRule matcher;
    private final boolean foldersOnly;
    private final boolean includes;
    private final String text;
    private final int line;

    private IgnoreRule(FastIgnoreRule matcher, boolean foldersOnly, boolean includes, String text, int line) {
        this.matcher = matcher;
        this.foldersOnly = foldersOnly;
        this.includes = includes;
        this.text = text;
        this.line = line;
    }

    /**
     * Reads one line.
     *
     * @param bytes the line without its end, one character for each byte
     * @param text the line as a person reads it
     * @param line its number, from 1; 0 when it stands in no file
     * @return null for an empty line and a comment
     * @throws IllegalArgumentException when the line can never match; the message is a clause that says why, such as "it ends with a backslash"
     */
    static @Nullable IgnoreRule parse(String bytes, String text, int line) {
        if (bytes.startsWith("#")) {
            return null;
        }
        String pattern = trimSpaces(bytes);
        if (pattern.isEmpty()) {
            return null;
        }
        boolean includes = pattern.startsWith("!");
        pattern = includes ? pattern.substring(1) : pattern;
        boolean foldersOnly = pattern.endsWith("/");
        pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        require(!pattern.isEmpty(), "it has no pattern");
        require(pattern.indexOf('\0') < 0, "it has a NUL character");
        require(!pattern.endsWith("/") && !pattern.contains("//"), "it has two slashes in a row");
        require(!pattern.startsWith("./") && !pattern.startsWith("../"), "a pattern cannot begin with ./ or ../");
        require(!endsWithBackslash(pattern), "it ends with a backslash");
        for (String name : pattern.split("/", -1)) {
            require(
                    ASTERISKS.matcher(name).results().count() <= MAX_ASTERISKS,
                    "it has more than " + MAX_ASTERISKS + " asterisks in one name");
        }
        if (pattern.endsWith(" ") && !isEscaped(pattern, pattern.length() - 1)) {
            // Before a slash, it belongs to the name.
            pattern = pattern.substring(0, pattern.length() - 1) + "\\ ";
        }
        String normal = ASTERISKS_ALONE.matcher(pattern).replaceAll("**");
        FastIgnoreRule matcher = new FastIgnoreRule(escapeStart(escapeAsterisks(normal)));
        require(
                !matcher.isEmpty(),
                "its square brackets are not closed, hold a slash, or hold a range that runs backwards");
        return new IgnoreRule(matcher, foldersOnly, includes, text.strip(), line);
    }

    private static void require(boolean valid, String reason) {
        if (!valid) {
            throw new IllegalArgumentException(reason);
        }
    }

    /** As git: spaces at the end do not count unless a backslash stands before them. */
    private static String trimSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
            end--;
        }
        return line.substring(0, end);
    }

    private static boolean endsWithBackslash(String pattern) {
        return pattern.endsWith("\\") && !isEscaped(pattern, pattern.length() - 1);
    }

    private static boolean isEscaped(CharSequence line, int position) {
        int backslashes = 0;
        while (backslashes < position && line.charAt(position - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** JGit would read a negation or a comment where only the pattern is left. */
    private static String escapeStart(String pattern) {
        return pattern.startsWith("!") || pattern.startsWith("#") ? "\\" + pattern : pattern;
    }

    /** JGit would take an escaped asterisk at the end of a name for a wildcard when another character of the name is escaped as well. */
    private static String escapeAsterisks(String pattern) {
        StringBuilder escaped = new StringBuilder(pattern);
        for (int at = escaped.length() - 1; at > 0; at--) {
            boolean atEnd = at + 1 == escaped.length() || escaped.charAt(at + 1) == '/';
            if (escaped.charAt(at) == '*' && atEnd && isEscaped(escaped, at)) {
                escaped.replace(at - 1, at + 1, "[*]");
            }
        }
        return escaped.toString();
    }

    /** @param path from the folder that the rule stands in, as {@link #bytesOfPath} */
    boolean matches(String path, boolean folder) {
        return (folder || !foldersOnly) && matcher.isMatch(path, folder, true);
    }

    /** Whether what matches is taken in again. */
    boolean includes() {
        return includes;
    }

    /** The rule as it was written. */
    String text() {
        return text;
    }

    /** The number of its line, from 1; 0 when it stands in no file. */
    int line() {
        return line;
    }

    /** The text of a path as {@link #matches} takes it. */
    static String bytesOfPath(String path) {
        return path.chars().allMatch(c -> c < FIRST_BEYOND_ASCII && c != '\\') ? path : bytes(FolderPath.encode(path));
    }

    /** Bytes as characters. Those beyond ASCII become characters that belong to no class, such as letters, as in git. */
    static String bytes(byte[] bytes) {
        StringBuilder characters = new StringBuilder(bytes.length);
        for (byte one : bytes) {
            int value = Byte.toUnsignedInt(one);
            characters.append((char) (value < FIRST_BEYOND_ASCII ? value : PRIVATE_USE + value));
        }
        return characters.toString();
    }
}
