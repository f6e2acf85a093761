package dev.lectern.ingestion.parsing.formats.markup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the inline markup of AsciiDoc to plain text, and keeps attributes and footnotes of the document. */
final class AsciiDocInlines {
    private static final Pattern ATTRIBUTE = Pattern.compile("\\\\?\\{([A-Za-z0-9_][\\w-]{0,100})}");
    private static final Pattern MACRO = Pattern.compile(
            "\\\\?(footnote|footnoteref|\\b(?:link|mailto|xref|image|kbd|btn|menu|icon|pass|stem|latexmath|asciimath|indexterm2?|anchor|(?!\\w{0,30}footnote(?:ref)?:)[a-z][a-z0-9_-]{2,30})):([^\\s\\[\\]]{0,500})\\[");
    private static final Pattern URL =
            Pattern.compile("\\\\?<?((?:\\b(?:https?|ftp|irc)://|\\{[\\w-]{1,60}})[^\\s\\[\\]<>]{0,1000})");
    private static final Pattern CROSS_REFERENCE =
            Pattern.compile("<<#?([^,<>\\n]{1,200})(?:,\\s*([^<>\\n]{1,300}))?>>");
    private static final Pattern ANCHOR = Pattern.compile("\\[\\[[\\w:][^\\]\\n]{0,200}]]|\\[#[\\w:-]{1,100}](?!#)");
    private static final Pattern HIDDEN_TERM = Pattern.compile("\\(\\(\\([^()\\n]{1,300}\\)\\)\\)");
    private static final Pattern TERM = Pattern.compile("\\(\\(([^()\\n]{1,300})\\)\\)");
    private static final Pattern ROLE = Pattern.compile("\\[[.#%]?[\\w.-]{1,60}](?=[#*_`])");
    private static final Pattern NAMED = Pattern.compile("[\\w-]{1,60}=\\S*");
    private static final Map<String, String> CHARACTERS = Map.ofEntries(
            Map.entry("nbsp", " "),
            Map.entry("sp", " "),
            Map.entry("empty", ""),
            Map.entry("blank", ""),
            Map.entry("zwsp", ""),
            Map.entry("wj", ""),
            Map.entry("apos", "'"),
            Map.entry("quot", "\""),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("deg", "°"),
            Map.entry("plus", "+"),
            Map.entry("brvbar", "¦"),
            Map.entry("vbar", "|"),
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("startsb", "["),
            Map.entry("endsb", "]"),
            Map.entry("caret", "^"),
            Map.entry("asterisk", "*"),
            Map.entry("tilde", "~"),
            Map.entry("backslash", "\\"),
            Map.entry("backtick", "`"),
            Map.entry("two-colons", "::"),
            Map.entry("two-semicolons", ";;"),
            Map.entry("cpp", "C++"),
            Map.entry("pp", "++"));

    /** Marks around words, the unconstrained ones first; between words they stay. */
    private static final List<Pattern> MARKS = List.of(
            marks("\\*\\*", ""),
            marks("__", ""),
            marks("##", ""),
            marks("\\*", "c"),
            marks("_", "c"),
            marks("#", "c"),
            Pattern.compile("\\^([^^\\s]{1,100})\\^"),
            Pattern.compile("~([^~\\s]{1,100})~"));

    private static final Pattern LITERAL = Pattern.compile(
            "\\+\\+\\+(.{1,2000}?)\\+\\+\\+|``(.{1,2000}?)``|(?<![\\w`])`([^`\\s](?:[^`]{0,2000}[^`\\s])?)`(?![\\w`])"
                    + "|(?<![\\w+])\\+([^+\\s](?:[^+]{0,2000}[^+\\s])?)\\+(?![\\w+])");
    /** Stands for code and the like while marks are removed. */
    private static final char PLACE = '\uE000';

    private static final int MAX_NESTED = 4;
    private static final int MAX_LENGTH = 200_000;

    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, Integer> notes = new HashMap<>();
    private final List<String> waiting = new ArrayList<>();

    private static Pattern marks(String mark, String constrained) {
        String one = mark.substring(mark.length() - 1).equals("*") ? "\\*" : mark.substring(mark.length() - 1);
        return constrained.isEmpty()
                ? Pattern.compile(mark + "([^" + one + "\\s](?:[^" + one + "]{0,2000}[^" + one + "\\s])?)" + mark)
                : Pattern.compile("(?<![\\p{L}\\p{N}" + one + "\\\\;:}])" + mark + "([^" + one + "\\s](?:[^" + one
                        + "]{0,2000}[^" + one + "\\s])?)" + mark + "(?![\\p{L}\\p{N}" + one + "])");
    }

    void set(String name, String value) {
        attributes.put(name.toLowerCase(Locale.ROOT), value);
    }

    /** Texts of the footnotes that were met since the last call, with their numbers. */
    List<String> takeNotes() {
        List<String> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    String toPlainText(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        List<String> kept = new ArrayList<>();
        String words = convert(replaceAttributes(text, 0), kept, 0);
        return restore(words, kept);
    }

    /** Replaces the attributes that are known; others stay as they are written. */
    String replaceAttributes(String text, int nested) {
        if (text.indexOf('{') < 0 || nested > MAX_NESTED || text.length() > MAX_LENGTH) {
            return text;
        }
        return ATTRIBUTE.matcher(text).replaceAll(attribute -> {
            String name = attribute.group(1).toLowerCase(Locale.ROOT);
            String value = attributes.getOrDefault(name, CHARACTERS.getOrDefault(name, attribute.group()));
            boolean known = !attribute.group().startsWith("\\") && !value.equals(attribute.group());
            return Matcher.quoteReplacement(known ? replaceAttributes(value, nested + 1) : attribute.group());
        });
    }

    private String convert(String text, List<String> kept, int nested) {
        String words = LITERAL.matcher(text.replace(PLACE, ' ')).replaceAll(literal -> {
            for (int group = 1; group <= literal.groupCount(); group++) {
                if (literal.group(group) != null) {
                    return keep(literal.group(group), kept);
                }
            }
            return "";
        });
        words = readMacros(words, kept, nested);
        words = readAddresses(words, kept);
        words = CROSS_REFERENCE.matcher(words).replaceAll(link -> {
            String shown = link.group(2) == null ? link.group(1) : link.group(2);
            return Matcher.quoteReplacement(shown);
        });
        words = HIDDEN_TERM.matcher(ANCHOR.matcher(words).replaceAll("")).replaceAll("");
        words = TERM.matcher(words).replaceAll("$1");
        words = ROLE.matcher(words).replaceAll("");
        for (Pattern mark : MARKS) {
            words = mark.matcher(words).replaceAll("$1");
        }
        return words.replace("\"`", "“")
                .replace("`\"", "”")
                .replace("\\{", "{")
                .replace("\\*", "*")
                .replace("\\_", "_");
    }

    /** @return a text that stands for the kept one and that no other pattern changes */
    private static String keep(String text, List<String> kept) {
        kept.add(text);
        return String.valueOf(PLACE) + (char) (PLACE + kept.size()) + PLACE;
    }

    private static String restore(String text, List<String> kept) {
        if (text.indexOf(PLACE) < 0) {
            return text;
        }
        StringBuilder restored = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int number = c == PLACE && at + 2 < text.length() ? text.charAt(at + 1) - PLACE : 0;
            if (number > 0 && number <= kept.size()) {
                restored.append(kept.get(number - 1).replace(PLACE, ' '));
                at += 3;
            } else {
                restored.append(c);
                at++;
            }
        }
        return restored.toString();
    }

    private String readMacros(String text, List<String> kept, int nested) {
        if (text.indexOf('[') < 0 || nested > MAX_NESTED) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        Matcher macro = MACRO.matcher(text);
        int at = 0;
        while (macro.find(at)) {
            int close = closingBracket(text, macro.end());
            if (close < 0 || macro.group().startsWith("\\")) {
                out.append(text, at, macro.end());
                at = macro.end();
                continue;
            }
            out.append(text, at, macro.start());
            boolean touches = !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1));
            String inner = text.substring(macro.end(), close);
            out.append(describe(macro.group(1), macro.group(2), inner, touches, kept, nested));
            at = close + 1;
        }
        return out.append(text.substring(at)).toString();
    }

    private String describe(String macro, String target, String inner, boolean touches, List<String> kept, int nested) {
        return switch (macro) {
            case "footnote", "footnoteref" -> (touches ? " " : "") + refer(target, inner, nested);
            case "pass", "stem", "latexmath", "asciimath" -> keep(inner, kept);
            case "kbd", "btn" -> inner;
            case "menu" -> target + (inner.isEmpty() ? "" : " > " + inner);
            case "icon", "indexterm", "anchor" -> "";
            case "image" -> firstWords(inner);
            default -> {
                String words = firstWords(inner);
                yield words.isBlank() ? target : words;
            }
        };
    }

    /** The words of a macro without its attributes. */
    private static String firstWords(String inner) {
        String text = inner.strip();
        if (text.startsWith("\"") && text.indexOf('"', 1) > 0) {
            return text.substring(1, text.indexOf('"', 1));
        }
        int attribute = text.indexOf('=');
        int comma = attribute < 0 ? -1 : text.lastIndexOf(',', attribute);
        String words = attribute >= 0 && comma >= 0 ? text.substring(0, comma) : text;
        if (attribute >= 0 && comma < 0 && NAMED.matcher(text).matches()) {
            return "";
        }
        return words.endsWith("^") ? words.substring(0, words.length() - 1) : words;
    }

    private String refer(String id, String inner, int nested) {
        if (inner.isBlank()) {
            Integer known = notes.get(id);
            return known == null ? "" : "[" + known + "]";
        }
        int number = notes.merge("", 1, Integer::sum);
        if (!id.isEmpty()) {
            notes.put(id, number);
        }
        List<String> kept = new ArrayList<>();
        waiting.add("[" + number + "] " + restore(convert(inner, kept, nested + 1), kept));
        return "[" + number + "]";
    }

    /** An address is kept as it is, and replaced by the words that it is given. */
    private static String readAddresses(String text, List<String> kept) {
        if (!text.contains("://") && text.indexOf('{') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        Matcher url = URL.matcher(text);
        int at = 0;
        while (url.find(at)) {
            out.append(text, at, url.start());
            at = url.end();
            int close = at < text.length() && text.charAt(at) == '[' ? closingBracket(text, at + 1) : -1;
            String inner = close < 0 ? "" : firstWords(text.substring(at + 1, close));
            if (close >= 0) {
                at = close + 1;
            } else if (at < text.length()
                    && text.charAt(at) == '>'
                    && url.group().startsWith("<")) {
                at++;
            }
            out.append(inner.isBlank() ? keep(url.group(1), kept) : inner);
        }
        return out.append(text.substring(at)).toString();
    }

    /** The bracket that closes the one before {@code from}; -1 when there is none. */
    private static int closingBracket(String text, int from) {
        int open = 1;
        int last = Math.min(text.length(), from + 5_000);
        for (int at = from; at < last; at++) {
            char c = text.charAt(at);
            if (c == '[') {
                open++;
            } else if (c == ']' && text.charAt(at - 1) != '\\' && --open == 0) {
                return at;
            }
        }
        return -1;
    }
}
