package dev.lectern.answering.writing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off the fence that some models put around a whole answer: markers in it would count as code. A fence with the name of a language other than Markdown
 * is code of the answer and stays. So does one without a name, unless its first line is an answer's: with a marker, or the beginning of a heading or a list.
 * Not thread-safe.
 */
final class AnswerFence {
    private static final String FENCE = "```";
    private static final Pattern OPENING = Pattern.compile(
            "\\A\\s*```(?:(?:markdown|md|text|txt|plaintext)[ \\t]*\\r?\\n"
                    + "|[ \\t]*\\r?\\n(?=[ \\t]*(?:#|[-*] |\\d{1,3}[.)] )|[^\\n]{0,1000}?[\\[【［]\\s?\\d{1,4}|[*_ \\t]*NOT\\\\?_ANSWERED))",
            Pattern.CASE_INSENSITIVE);

    private final StringBuilder line = new StringBuilder();
    private boolean open;
    private boolean lineHeld = true;
    private boolean inner;

    /** Whether more of the text may show that it begins with a fence. */
    @SuppressWarnings("JdkObsolete") // The rest of the text is still to come.
    static boolean mayFollow(CharSequence beginning) {
        Matcher opening = OPENING.matcher(beginning);
        return !opening.lookingAt() && opening.hitEnd();
    }

    /** Opens the fence if the text begins with one. Returns what is behind it. */
    String open(String beginning) {
        Matcher opening = OPENING.matcher(beginning);
        if (!opening.lookingAt()) {
            return beginning;
        }
        open = true;
        return beginning.substring(opening.end());
    }

    /** The next piece without the line that closes the fence. A line that may become that is held back. */
    String filter(String piece) {
        if (!open) {
            return piece;
        }
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i), out);
        }
        return out.toString();
    }

    /** What was held back, unless it closes the fence. */
    String end() {
        String rest = line.toString();
        line.setLength(0);
        return open && !inner && lineHeld && rest.strip().equals(FENCE) ? "" : rest;
    }

    private void add(char c, StringBuilder out) {
        if (!open || !lineHeld) {
            out.append(c);
            lineHeld = c == '\n';
            return;
        }
        line.append(c);
        String start = line.toString().stripLeading();
        if (c == '\n') {
            closeOrPass(start, out);
        } else if (!FENCE.startsWith(start) && !start.startsWith(FENCE)) {
            pass(out);
            lineHeld = false;
        }
    }

    private void closeOrPass(String start, StringBuilder out) {
        boolean fence = start.startsWith(FENCE);
        if (fence && !inner && start.strip().equals(FENCE)) {
            open = false;
            line.setLength(0);
            return;
        }
        inner ^= fence;
        pass(out);
    }

    private void pass(StringBuilder out) {
        out.append(line);
        line.setLength(0);
    }
}
