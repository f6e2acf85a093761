package dev.lectern.cli.commands;

/** Removes Markdown backslash escapes from a streamed text, so that a terminal shows plain text. */
final class MarkdownUnescaper {
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private boolean escaping;

    /** Unescapes the next piece of the stream. A backslash at the end of a piece is held until the next piece. */
    String unescape(String piece) {
        StringBuilder plain = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (escaping) {
                plain.append(PUNCTUATION.indexOf(c) < 0 ? "\\" : "").append(c);
                escaping = false;
            } else if (c == '\\') {
                escaping = true;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
