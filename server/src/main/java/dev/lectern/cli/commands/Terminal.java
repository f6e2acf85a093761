package dev.lectern.cli.commands;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** What the output goes to. Colours and moving lines are for people only. */
record Terminal(boolean colours, boolean interactive) {
    private static final String ESCAPE = "\u001b[";

    static Terminal ofProcess() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        String term = System.getenv().getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        boolean wanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && !term.equals("dumb");
        return new Terminal(terminal && wanted, terminal && !term.equals("dumb"));
    }

    String muted(String text) {
        return paint("2", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String warning(String text) {
        return paint("33", text);
    }

    /** Shows a line in place of the one shown before; nothing where nobody watches. */
    void progress(String line) {
        if (interactive) {
            System.err.print("\r" + ESCAPE + "K" + line);
            System.err.flush();
        }
    }

    /** Ends the moving line. */
    void endProgress() {
        progress("");
    }

    private String paint(String code, String text) {
        return colours ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
