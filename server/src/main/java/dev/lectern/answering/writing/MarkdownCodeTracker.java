package dev.lectern.answering.writing;

/** Tracks whether the next character of a Markdown text is inside code: between backticks on a line, or between fences. */
final class MarkdownCodeTracker {
    private int backticks;
    private boolean fenced;
    private boolean inline;
    private boolean lineStart = true;
    private boolean backticksAtLineStart;

    void add(int c) {
        if (c == '`') {
            if (backticks == 0) {
                backticksAtLineStart = lineStart;
            }
            backticks++;
        } else {
            endBackticks();
            if (c == '\n') {
                inline = false;
            }
        }
        lineStart = c == '\n' || (lineStart && c == ' ');
    }

    /** Whether {@code next}, the next character, is inside code. */
    boolean isInside(int next) {
        if (next != '`') {
            endBackticks();
        }
        return fenced || inline;
    }

    private void endBackticks() {
        if (backticks >= 3 && backticksAtLineStart) {
            fenced = !fenced;
        } else if (backticks > 0 && !fenced) {
            inline = !inline;
        }
        backticks = 0;
    }
}
