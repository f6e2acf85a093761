package dev.lectern.cli.commands;

/** Takes the backslashes away that keep Markdown from reading a quoted character as its own, in pieces as they are streamed. */
final class MarkdownUnescaper {
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private boolean escaping;

    /** The next piece as a terminal shows it; a backslash at its end waits for the piece that follows. */
    String of(String piece) {
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
