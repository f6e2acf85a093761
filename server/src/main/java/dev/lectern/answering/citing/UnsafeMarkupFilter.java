package dev.lectern.answering.citing;

/**
 * Takes the sting out of what a model writes, piece by piece: a tag of HTML becomes text, and an image becomes a link, because fetching one would carry
 * data to wherever the model says. Code stays as it is. Not thread-safe.
 */
public final class UnsafeMarkupFilter {
    private final MarkdownCodeTracker code = new MarkdownCodeTracker();
    private boolean lessThan;
    private boolean bang;

    /** The next piece, except for a last character that may turn out to begin a tag. */
    public String filter(String piece) {
        StringBuilder out = new StringBuilder(piece.length() + 8);
        piece.codePoints().forEach(c -> character(c, out));
        return out.toString();
    }

    /** What was held back. */
    public String end() {
        String rest = lessThan ? "<" : "";
        lessThan = false;
        return rest;
    }

    private void character(int c, StringBuilder out) {
        if (lessThan) {
            boolean tag = Character.isLetter(c) || c == '/' || c == '!' || c == '?';
            out.append(tag ? "\\<" : "<");
            lessThan = false;
        }
        boolean inCode = code.isInside(c);
        if (c == '<' && !inCode) {
            lessThan = true;
        } else {
            out.append(bang && c == '[' && !inCode ? " " : "").appendCodePoint(c);
        }
        bang = c == '!' && !inCode;
        code.character(c);
    }
}
