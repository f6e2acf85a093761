package dev.lectern.answering.writing;

import dev.lectern.text.InvisibleCharacterFilter;

/**
 * Makes the output of a model safe to show, piece by piece: an HTML tag becomes text, a Markdown image becomes a link, because loading an image would
 * send data to an address of the model, and characters that nobody sees are removed, in code too. Apart from them, code stays unchanged. Not thread-safe.
 */
final class UnsafeMarkupFilter {
    private final MarkdownCodeTracker code = new MarkdownCodeTracker();
    private final InvisibleCharacterFilter invisible = new InvisibleCharacterFilter();
    private boolean lessThan;
    private boolean bang;

    /** Filters the next piece and holds back a last character that may begin a tag. */
    String filter(String piece) {
        StringBuilder out = new StringBuilder(piece.length() + 8);
        piece.codePoints().filter(invisible::keeps).forEach(c -> addCharacter(c, out));
        return out.toString();
    }

    /** Returns the held-back character, or nothing. */
    String end() {
        String rest = lessThan ? "<" : "";
        lessThan = false;
        return rest;
    }

    private void addCharacter(int c, StringBuilder out) {
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
        code.add(c);
    }
}
