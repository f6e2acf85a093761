package dev.lectern.text;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of dots of a text that lead the eye to a value, such as {@code Timing belt ........ 96}. They end no sentence. Where the lines of a list were joined,
 * each of its entries ends behind its value. Immutable.
 */
final class DotLeaders {
    /** An ellipsis with a full stop has four dots. The dots may be set apart by spaces. */
    private static final Pattern LEADER = Pattern.compile("(?:[.·]\\h?){4}[.·…][.·…\\h]*+|(?:…\\h?){2}…[….\\h]*+");

    /** A number with its unit, which is short or in lower case; the next entry begins with a capital letter. */
    private static final Pattern VALUE = Pattern.compile(
            "[^\\s\\p{L}]{0,3}\\d[^\\s\\p{L}]{0,20}+(?:\\h?(?:\\p{Lu}{2,3}(?![\\p{L}])|\\p{Ll}{1,12}(?![\\p{L}])|[%€$£¥/])){0,4}+(?=\\h+\\p{Lu})");

    private final Set<Integer> dots = new HashSet<>();
    private final Set<Integer> ends = new HashSet<>();

    private DotLeaders() {}

    static DotLeaders of(String text) {
        DotLeaders leaders = new DotLeaders();
        Matcher leader = LEADER.matcher(text);
        while (leader.find()) {
            int end = leader.end();
            if (end < text.length() && !isLineBreak(text.charAt(end))) {
                leaders.add(text, leader.start(), end);
            }
        }
        return leaders;
    }

    private void add(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            dots.add(at);
        }
        Matcher value = VALUE.matcher(text).region(end, text.length()).useTransparentBounds(true);
        if (value.lookingAt()) {
            ends.add(value.end());
        }
    }

    /** Whether a character belongs to a leader that is followed by something in its line. */
    boolean contains(int at) {
        return dots.contains(at);
    }

    /** Where entries end behind their values, although the line goes on. */
    Set<Integer> ends() {
        return ends;
    }

    private static boolean isLineBreak(char c) {
        return "\n\r\u0085\u2028\u2029".indexOf(c) >= 0;
    }
}
