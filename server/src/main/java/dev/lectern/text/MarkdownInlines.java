package dev.lectern.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the inline Markdown of one line to plain text, by the rules of CommonMark as far as one line shows them. Not thread-safe. */
final class MarkdownInlines {
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    /** Behind the text of a link; the address may have one pair of brackets. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\(<?([^\\s()<>]*(?:\\([^\\s()<>]*\\))?[^\\s()<>]*)>?(?:\\s+\"[^\"]*\")?\\)");

    private static final Pattern AUTOLINK =
            Pattern.compile("<([a-z][a-z0-9+.-]{1,31}:[^\\s<>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|nbsp|#39);");

    private final String line;
    private final StringBuilder out = new StringBuilder();
    private final Map<Character, Deque<Delimiter>> openers =
            Map.of('*', new ArrayDeque<>(), '_', new ArrayDeque<>(), '~', new ArrayDeque<>());
    private final Set<Integer> lengthsOfOpenCode = new HashSet<>();
    private int at;

    /** A run of marks in the output that may begin an emphasis. */
    private record Delimiter(int start, int length) {}

    private MarkdownInlines(String line) {
        this.line = line;
    }

    static String toPlainText(String line) {
        return new MarkdownInlines(line).convert();
    }

    private String convert() {
        while (at < line.length()) {
            char c = line.charAt(at);
            switch (c) {
                case '\\' -> addEscape();
                case '`' -> addCode();
                case '*', '_', '~' -> addMarks(c);
                case '[', '!' -> addLink(c);
                case '<', '&' -> addReference(c);
                default -> addCharacter();
            }
        }
        return out.toString();
    }

    private void addEscape() {
        boolean escapes = at + 1 < line.length() && PUNCTUATION.indexOf(line.charAt(at + 1)) >= 0;
        out.append(line.charAt(escapes ? at + 1 : at));
        at += escapes ? 2 : 1;
    }

    private void addCode() {
        int length = runAt(at);
        int close = lengthsOfOpenCode.contains(length) ? line.length() : at + length;
        while (close < line.length() && !(line.charAt(close) == '`' && runAt(close) == length)) {
            close += line.charAt(close) == '`' ? runAt(close) : 1;
        }
        if (close >= line.length()) {
            lengthsOfOpenCode.add(length);
            out.append("`".repeat(length));
            at += length;
            return;
        }
        String code = line.substring(at + length, close);
        boolean padded = code.startsWith(" ") && code.endsWith(" ") && !code.isBlank();
        out.append(padded ? code.substring(1, code.length() - 1) : code);
        at = close + length;
    }

    private void addReference(char c) {
        Matcher matcher = (c == '<' ? AUTOLINK : ENTITY).matcher(line).region(at, line.length());
        if (!matcher.lookingAt()) {
            addCharacter();
            return;
        }
        at = matcher.end();
        out.append(c == '<' ? matcher.group(1) : entity(matcher.group(1)));
    }

    private void addLink(char c) {
        int open = c == '!' ? at + 1 : at;
        int close = open < line.length() && line.charAt(open) == '[' ? closingBracket(open) : -1;
        Matcher address = ADDRESS.matcher(line);
        if (close < 0 || !address.region(close + 1, line.length()).lookingAt()) {
            addCharacter();
            return;
        }
        at = address.end();
        String text = toPlainText(line.substring(open + 1, close));
        String target = address.group(1);
        out.append(text);
        if (c == '[' && !target.isEmpty() && !target.equals(text)) {
            out.append(" (").append(target).append(')');
        }
    }

    /** The bracket that closes the one at {@code open}; -1 when another one opens before, or the line ends. */
    private int closingBracket(int open) {
        for (int i = open + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ']') {
                return i;
            }
            if (c == '[') {
                return -1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    private void addCharacter() {
        out.append(line.charAt(at));
        at++;
    }

    /** Removes marks in pairs from the output; marks without a partner are text. */
    private void addMarks(char mark) {
        int length = runAt(at);
        int before = at == 0 ? ' ' : line.codePointBefore(at);
        int after = at + length >= line.length() ? ' ' : line.codePointAt(at + length);
        at += length;
        boolean left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
        boolean right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
        boolean opens = mark == '_' ? left && (!right || isPunctuation(before)) : left;
        boolean closes = mark == '_' ? right && (!left || isPunctuation(after)) : right;
        int rest = length;
        int closed = closes ? close(mark, rest) : 0;
        while (closed > 0) {
            rest -= closed;
            closed = rest > 0 ? close(mark, rest) : 0;
        }
        if (rest > 0) {
            if (opens && !(mark == '~' && rest < 2)) {
                openersOf(mark).add(new Delimiter(out.length(), rest));
            }
            out.append(String.valueOf(mark).repeat(rest));
        }
    }

    /** Removes up to {@code length} marks of the last opener with this mark; returns how many. */
    private int close(char mark, int length) {
        Deque<Delimiter> sameMark = openersOf(mark);
        if (sameMark.isEmpty() || (mark == '~' && length < 2)) {
            return 0;
        }
        Delimiter opener = sameMark.removeLast();
        int closed = Math.min(length, opener.length());
        int end = opener.start() + opener.length();
        out.delete(end - closed, end);
        // Marks between the pair have no partner, so they are text.
        for (Deque<Delimiter> marks : openers.values()) {
            while (!marks.isEmpty() && marks.getLast().start() > opener.start()) {
                marks.removeLast();
            }
        }
        if (opener.length() > closed) {
            sameMark.add(new Delimiter(opener.start(), opener.length() - closed));
        }
        return closed;
    }

    private Deque<Delimiter> openersOf(char mark) {
        return Objects.requireNonNull(openers.get(mark));
    }

    private int runAt(int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == line.charAt(start)) {
            end++;
        }
        return end - start;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isPunctuation(int c) {
        return !Character.isLetterOrDigit(c) && !isSpace(c);
    }

    private static String entity(String name) {
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "nbsp" -> "\u00a0";
            default -> "'";
        };
    }
}
