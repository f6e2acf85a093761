package dev.lectern.ingestion.parsing.formats.markup;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the inline markup of one reStructuredText paragraph to plain text. Each mark is looked for at most once, so that time is linear in the length. */
final class RestructuredTextInlines {
    private static final Pattern ROLE = Pattern.compile(":([A-Za-z][\\w:+.-]{0,60}):(?=`)");
    private static final Pattern ROLE_BEHIND = Pattern.compile(":[A-Za-z][\\w:+.-]{0,60}:(?![\\w`])");
    private static final Pattern NOTE = Pattern.compile("\\[(\\d{1,9}|#[\\w.+-]{0,100}|\\*|[\\w.+:-]{1,100})]_");
    private static final String BEFORE_START = "'\"([{<-/:‘“’«¡¿–—„‚";
    private static final String AFTER_END = "'\")]}>-/:.,;!?\\’”»–—…|_";
    private static final int MAX_NESTED = 5;
    private static final int MAX_NAME = 200;

    private final String text;
    private final RestructuredTextDefinitions definitions;
    private final int nested;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> ends = new HashMap<>();
    private int at;

    private RestructuredTextInlines(String text, RestructuredTextDefinitions definitions, int nested) {
        this.text = text;
        this.definitions = definitions;
        this.nested = nested;
    }

    static String toPlainText(String text, RestructuredTextDefinitions definitions) {
        return new RestructuredTextInlines(text, definitions, 0).convert();
    }

    private String nested(String inner) {
        return nested >= MAX_NESTED ? inner : new RestructuredTextInlines(inner, definitions, nested + 1).convert();
    }

    private String convert() {
        while (at < text.length()) {
            boolean read = switch (text.charAt(at)) {
                case '\\' -> readEscape();
                case '`' -> text.startsWith("``", at) ? readLiteral() : readInterpreted("");
                case ':' -> readRole();
                case '*' -> readEmphasis();
                case '|' -> readSubstitution();
                case '[' -> readNote();
                case '_' -> readReference();
                default -> false;
            };
            if (!read) {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    private boolean readEscape() {
        if (at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1))) {
            out.append(text.charAt(at + 1));
        }
        at = Math.min(text.length(), at + 2);
        return true;
    }

    private boolean readLiteral() {
        int end = mayStart(2) ? end("``", this::isEnd) : -1;
        if (end < 0) {
            return false;
        }
        out.append(text, at + 2, end);
        at = end + 2;
        return true;
    }

    private boolean readRole() {
        Matcher role = ROLE.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!role.lookingAt()) {
            return false;
        }
        int before = at;
        at = role.end();
        if (readInterpreted(role.group(1))) {
            return true;
        }
        at = before;
        return false;
    }

    /** @param role before it, empty when there is none */
    private boolean readInterpreted(String role) {
        int end = (role.isEmpty() && !mayStart(1)) ? -1 : end("`", place -> isUnescaped(place) && isEnd(place));
        if (end <= at + 1) {
            return false;
        }
        String inner = text.substring(at + 1, end);
        at = end + 1;
        boolean reference = false;
        while (at < text.length() && text.charAt(at) == '_' && at <= end + 2) {
            at++;
            reference = true;
        }
        Matcher behind = ROLE_BEHIND.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (role.isEmpty() && !reference && behind.lookingAt()) {
            at = behind.end();
        }
        out.append(describe(role, inner));
        return true;
    }

    private static String describe(String role, String inner) {
        if (role.equals("math") || role.equals("code") || role.equals("command") || role.equals("kbd")) {
            return inner;
        }
        int open = inner.endsWith(">") ? inner.lastIndexOf('<') : -1;
        String words = open > 0 ? inner.substring(0, open).strip() : inner;
        if (open == 0) {
            words = inner.substring(1, inner.length() - 1);
        }
        boolean marked = !role.isEmpty() && (words.startsWith("~") || words.startsWith("!"));
        String plain =
                (marked ? words.substring(1) : words).replace("\\ ", "").replace("\\", role.isEmpty() ? "" : "\\");
        return switch (role) {
            case "pep", "PEP" -> open > 0 ? plain : "PEP " + plain;
            case "rfc", "RFC" -> open > 0 ? plain : "RFC " + plain;
            default -> plain;
        };
    }

    private boolean readEmphasis() {
        String mark = text.startsWith("**", at) ? "**" : "*";
        int end = mayStart(mark.length()) ? end(mark, this::isEnd) : -1;
        if (end <= at + mark.length()) {
            if (mark.length() == 2) {
                out.append(mark);
                at += 2;
                return true;
            }
            return false;
        }
        out.append(nested(text.substring(at + mark.length(), end)));
        at = end + mark.length();
        return true;
    }

    private boolean readSubstitution() {
        int end = mayStart(1) ? end("|", this::isEnd) : -1;
        String known = end > at + 1 ? definitions.substitute(text.substring(at + 1, end)) : null;
        if (known == null) {
            return false;
        }
        out.append(nested(known));
        at = end + 1;
        while (at < text.length() && text.charAt(at) == '_') {
            at++;
        }
        return true;
    }

    private boolean readNote() {
        Matcher note = NOTE.matcher(text).region(at, text.length());
        if (!note.lookingAt()) {
            return false;
        }
        boolean touches = !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(touches ? " [" : "[")
                .append(definitions.refer(note.group(1)))
                .append(']');
        at = note.end();
        return true;
    }

    /** A word with an underscore behind it refers to a target of that name; an inline target is its words. */
    private boolean readReference() {
        if (text.startsWith("_`", at) && mayStart(2)) {
            at++;
            return readInterpreted("target");
        }
        int end = at;
        while (end < text.length() && text.charAt(end) == '_') {
            end++;
        }
        int start = at;
        while (start > 0 && at - start < MAX_NAME && isNameCharacter(text.charAt(start - 1))) {
            start--;
        }
        boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
        boolean refers = start < at
                && ends
                && ((end == at + 1 && definitions.isTarget(text.substring(start, at)))
                        || (end == at + 2 && text.charAt(start) != '_' && definitions.hasAnonymousTargets()));
        if (!refers) {
            out.append(text, at, end);
        }
        at = end;
        return true;
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '+' || c == '_';
    }

    /** Whether markup of this length may start here: something follows it, and no word is right before it. */
    private boolean mayStart(int length) {
        int next = at + length;
        boolean before =
                at == 0 || Character.isWhitespace(text.charAt(at - 1)) || isOf(BEFORE_START, at - 1) || wasEscaped();
        return before && next < text.length() && !Character.isWhitespace(text.charAt(next));
    }

    /** An escaped space parts words for the markup only. */
    private boolean wasEscaped() {
        return at >= 2 && text.charAt(at - 2) == '\\';
    }

    private boolean isOf(String characters, int place) {
        return characters.indexOf(text.charAt(place)) >= 0;
    }

    private boolean isUnescaped(int place) {
        return text.charAt(place - 1) != '\\' || (place > 1 && text.charAt(place - 2) == '\\');
    }

    /** Whether the mark at this place may end markup. */
    private boolean isEnd(int place) {
        int next = place;
        while (next < text.length() && text.charAt(next) == text.charAt(place)) {
            next++;
        }
        return !Character.isWhitespace(text.charAt(place - 1))
                && (next == text.length() || Character.isWhitespace(text.charAt(next)) || isOf(AFTER_END, next));
    }

    /** The next place of the mark at which it may end markup that starts here; -1 when there is none. */
    private int end(String mark, Predicate<Integer> ending) {
        int from = at + mark.length() + 1;
        Integer known = ends.get(mark);
        if (known != null && (known < 0 || known >= from)) {
            return known;
        }
        int place = text.indexOf(mark, from);
        while (place >= 0 && !ending.test(place)) {
            place = text.indexOf(mark, place + 1);
        }
        // Of more marks than needed, the last ones end it: ``a```.
        while (place >= 0 && text.startsWith(mark, place + 1)) {
            place++;
        }
        ends.put(mark, place);
        return place;
    }
}
