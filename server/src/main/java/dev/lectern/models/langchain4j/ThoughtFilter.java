package dev.lectern.models.langchain4j;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Separates the thoughts that models write into their text from the answer, piece by piece: what stands between {@code <think>} and {@code </think>} and the
 * equal marks of other models, and all channels of the harmony format but the final one. Marks may be split over pieces, nested, in any case, and without an
 * end. Code of the answer stays as it is. Not thread-safe.
 */
final class ThoughtFilter {
    private static final String NAMES =
            "(?:[a-z]{1,10}:)?(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad)";

    /** What begins or ends thoughts, and the special tokens that structure a reply. */
    private static final Pattern MARK = Pattern.compile(
            "(?<open><\\s?" + NAMES + "(?:\\s[^<>]{0,40})?>|(?-i:\\[THINK])|◁think▷"
                    + "|<\\|(?:begin_of_thought|start_thinking)\\|>|<\\|channel>\\s?thought)"
                    + "|(?<close><\\s?/\\s?" + NAMES + "\\s?>|(?-i:\\[/THINK])|◁/think▷"
                    + "|<\\|(?:end_of_thought|end_thinking)\\|>|<channel\\|>)"
                    + "|(?<channel><\\|channel\\|>\\s?(?<name>[a-z]{1,20})[^<]{0,40}(?:<\\|constrain\\|>[^<]{0,20})?<\\|message\\|>)"
                    + "|(?<start><\\|start\\|>(?:assistant)?)"
                    + "|<\\|(?:end|return|im_end|eot_id|end_of_text|endoftext"
                    + "|(?:begin|end)_of_solution|(?:start|end)_response)\\|>",
            Pattern.CASE_INSENSITIVE);

    /** How marks begin. A possible mark at the end of a piece is held back. */
    private static final String BEGINNINGS = "<[◁";

    private static final int LONGEST_MARK = 128;

    private final Consumer<String> answer;
    private final Consumer<String> thoughts;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder undecided = new StringBuilder();
    private final CodeTracker code = new CodeTracker();
    private boolean mayBeginInThought;
    private boolean started;
    private boolean inThoughtChannel;
    private boolean unmarkedBeginning;
    private boolean leaked;
    private int depth;

    /**
     * @param answer receives the pieces of the answer
     * @param thoughts receives the pieces of the thoughts
     * @param mayBeginInThought whether the text may begin with thoughts whose beginning is not marked; it is held back until their end, or until its own end
     */
    ThoughtFilter(Consumer<String> answer, Consumer<String> thoughts, boolean mayBeginInThought) {
        this.answer = answer;
        this.thoughts = thoughts;
        this.mayBeginInThought = mayBeginInThought;
    }

    void write(String piece) {
        held.append(piece);
        drain(false);
    }

    /** Passes on what was held back. */
    void end() {
        drain(true);
        mayBeginInThought = false;
        String rest = undecided.toString();
        undecided.setLength(0);
        add(rest);
    }

    /** Whether thoughts ended whose beginning was not marked. */
    boolean hasUnmarkedBeginning() {
        return unmarkedBeginning;
    }

    /** Whether a part of such thoughts was passed on as the answer. */
    boolean hasLeaked() {
        return leaked;
    }

    private void drain(boolean last) {
        Matcher mark = MARK.matcher(held);
        int done = 0;
        int from = 0;
        while (mark.find(from)) {
            from = mark.end();
            if (!isText(mark, done)) {
                add(held.substring(done, mark.start()));
                apply(mark);
                done = mark.end();
            }
        }
        int end = last ? held.length() : beginningOfMark(from);
        add(held.substring(done, end));
        held.delete(0, end);
    }

    /** Code of the answer may show marks. So may thoughts in a channel, which only another channel ends. */
    private boolean isText(Matcher mark, int done) {
        boolean tag = mark.group("open") != null || mark.group("close") != null;
        if (inThoughtChannel) {
            return tag;
        }
        return depth > 0 ? !tag : code.isInsideAfter(held.substring(done, mark.start()));
    }

    /** Where a mark begins that may become whole with the next piece; the length of the text if there is none. */
    @SuppressWarnings("JdkObsolete") // The rest of the text is still to come.
    private int beginningOfMark(int from) {
        for (int at = Math.max(from, held.length() - LONGEST_MARK); at < held.length(); at++) {
            if (BEGINNINGS.indexOf(held.charAt(at)) >= 0) {
                Matcher mark = MARK.matcher(held).region(at, held.length());
                if (!mark.lookingAt() && mark.hitEnd()) {
                    return at;
                }
            }
        }
        return held.length();
    }

    private void apply(Matcher mark) {
        if (mark.group("open") != null) {
            depth++;
            mayBeginInThought &= !undecided.isEmpty();
        } else if (mark.group("close") != null) {
            close();
        } else if (mark.group("channel") != null) {
            inThoughtChannel = !mark.group("name").toLowerCase(Locale.ROOT).equals("final");
            mayBeginInThought = false;
        } else if (mark.group("start") != null) {
            inThoughtChannel = true;
        }
    }

    private void close() {
        if (depth > 0) {
            depth--;
            return;
        }
        unmarkedBeginning = true;
        leaked |= started;
        mayBeginInThought = false;
        thoughts.accept(undecided.toString());
        undecided.setLength(0);
    }

    private void add(String text) {
        if (depth > 0 || inThoughtChannel) {
            thoughts.accept(text);
            return;
        }
        String visible = started || !undecided.isEmpty() ? text : text.stripLeading();
        if (visible.isEmpty()) {
            return;
        }
        if (mayBeginInThought) {
            undecided.append(visible);
            return;
        }
        started = true;
        code.add(visible);
        answer.accept(visible);
    }

    /** Whether a Markdown text is inside of code: behind an odd number of backticks on a line, or between fences. */
    private static final class CodeTracker {
        private static final String FENCE = "```";

        private final StringBuilder lineStart = new StringBuilder();
        private boolean fenced;
        private boolean inline;

        void add(String text) {
            text.chars().forEach(c -> add((char) c));
        }

        private void add(char c) {
            if (c == '\n') {
                inline = false;
                lineStart.setLength(0);
                return;
            }
            inline ^= c == '`' && !fenced;
            if (lineStart.length() < FENCE.length() && (c != ' ' || !lineStart.isEmpty())) {
                lineStart.append(c);
                if (lineStart.toString().equals(FENCE)) {
                    fenced = !fenced;
                    inline = false;
                }
            }
        }

        boolean isInsideAfter(String text) {
            CodeTracker then = new CodeTracker();
            then.fenced = fenced;
            then.inline = inline;
            then.lineStart.append(lineStart);
            then.add(text);
            return then.fenced || then.inline;
        }
    }
}
