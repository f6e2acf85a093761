package dev.lectern.answering.writing;

import dev.lectern.answering.prompt.PromptBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes {@link PromptBuilder#NOT_ANSWERED} as models write it: in lower case, with an escaped or another separator, in quotes or markup, and with
 * sentences around it.
 */
final class NotAnsweredSign {
    private static final String AROUND = "[*\"'`“”„«»‘’_~>#(<{\\[\\s\\\\]*";

    private static final Pattern LEADING =
            Pattern.compile("\\A" + AROUND + "NOT\\\\?_ANSWERED", Pattern.CASE_INSENSITIVE);

    /** Words instead of the sign count only if nothing else was written, since a sentence may begin with them. */
    private static final Pattern ALONE = Pattern.compile(
            "\\A" + AROUND + "NOT[\\\\_\\s-]{0,3}ANSWERED[\\p{Punct}“”„«»‘’\\s]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern WITHIN = Pattern.compile("(?<!\\w)NOT\\\\?_ANSWERED(?!\\w)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AT_END =
            Pattern.compile(AROUND + "NOT\\\\?_ANSWERED[\\p{Punct}“”„«»‘’\\s]*\\z", Pattern.CASE_INSENSITIVE);

    /** How a sentence begins that says that the passages do not tell. Such a beginning is held back, since the sign may follow it. */
    private static final Pattern DENIAL = Pattern.compile(
            "\\A(?:(?:\\S+\\s+){0,5})(?:not|no|none|neither|cannot|nothing|unfortunately|sorry|don't|doesn't|can't|isn't|aren't"
                    + "|nicht|kein|keine|keinen|keiner|leider|nichts|lamentablemente|ningún|ninguno|ninguna|malheureusement|désolé|aucun|aucune|pas)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final int LONGEST_DENIAL = 400;

    /** Words before a denial is recognized. */
    private static final int WORDS_OF_DENIAL = 48;

    private NotAnsweredSign() {}

    /** Whether the text begins with the sign; what follows does not matter. */
    static boolean begins(CharSequence text) {
        return LEADING.matcher(text).lookingAt();
    }

    /** Whether the whole text is the sign, or its words. */
    static boolean isAll(CharSequence text) {
        return ALONE.matcher(text).matches();
    }

    /** Whether the text has the sign in any place. */
    static boolean isIn(CharSequence text) {
        return WITHIN.matcher(text).find();
    }

    /** Whether the sign follows a sentence that says the same in words. */
    static boolean followsDenial(CharSequence text) {
        return isDenial(text) && isIn(text);
    }

    /** Whether more of the text may show that it is, or begins with, the sign. */
    static boolean mayFollow(CharSequence text) {
        return mayBecome(LEADING, text) || mayBecome(ALONE, text) || isDenial(text);
    }

    /** A sentence with a marker says something, so that it is no denial. */
    private static boolean isDenial(CharSequence text) {
        if (text.length() > LONGEST_DENIAL || text.toString().indexOf('[') >= 0) {
            return false;
        }
        return DENIAL.matcher(text.subSequence(0, Math.min(text.length(), WORDS_OF_DENIAL)))
                .lookingAt();
    }

    @SuppressWarnings("JdkObsolete") // The rest of the text is still to come.
    private static boolean mayBecome(Pattern pattern, CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() || matcher.hitEnd();
    }

    /** Where a sign begins that the text ends with, or may end with once it is whole; the length of the text if there is none. */
    @SuppressWarnings("JdkObsolete") // The rest of the text is still to come.
    static int startAtEnd(CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Character.isLetterOrDigit(text.charAt(at)) || isN(text.charAt(at))) {
                Matcher sign = AT_END.matcher(text).region(at, text.length());
                if (sign.lookingAt() || sign.hitEnd()) {
                    return at;
                }
            }
        }
        return text.length();
    }

    private static boolean isN(char c) {
        return c == 'N' || c == 'n';
    }
}
