package dev.lectern.cli.commands;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** The terminal of this process. Colours and progress lines are only used when a person reads the output. */
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

    /** Replaces the progress line; does nothing when the output is not a terminal. */
    void progress(String line) {
        if (interactive) {
            System.err.print("\r" + ESCAPE + "K" + line);
            System.err.flush();
        }
    }

    /** Removes the progress line. */
    void endProgress() {
        progress("");
    }

    private String paint(String code, String text) {
        return colours ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
