package dev.lectern.answering.citing;

/** Knows whether the next character of a Markdown text stands in code: between backticks on a line, or between fences. */
final class MarkdownCodeTracker {
    private int ticks;
    private boolean fenced;
    private boolean inline;
    private boolean lineStart = true;
    private boolean runAtLineStart;

    void character(int c) {
        if (c == '`') {
            if (ticks == 0) {
                runAtLineStart = lineStart;
            }
            ticks++;
        } else {
            endOfRun();
            if (c == '\n') {
                inline = false;
            }
        }
        lineStart = c == '\n' || (lineStart && c == ' ');
    }

    /** Whether {@code next}, which comes now, stands in code. */
    boolean isInside(int next) {
        if (next != '`') {
            endOfRun();
        }
        return fenced || inline;
    }

    private void endOfRun() {
        if (ticks >= 3 && runAtLineStart) {
            fenced = !fenced;
        } else if (ticks > 0 && !fenced) {
            inline = !inline;
        }
        ticks = 0;
    }
}
