package dev.lectern.cli.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a person before something is deleted. */
final class ConfirmationPrompt {
    private final boolean interactive;
    private final BufferedReader answers;

    /** @param interactive whether a person reads the output and types answers */
    ConfirmationPrompt(boolean interactive, BufferedReader answers) {
        this.interactive = interactive;
        this.answers = answers;
    }

    static ConfirmationPrompt ofProcess() {
        return new ConfirmationPrompt(
                Terminal.ofProcess().interactive(),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    }

    enum Answer {
        YES,
        NO,
        /** Nobody can be asked, so that nothing may be deleted. */
        NOBODY_THERE
    }

    /** @param question in one line, without the possible answers; everything but {@code y} and {@code yes} is no */
    Answer ask(String question) throws IOException {
        if (!interactive) {
            return Answer.NOBODY_THERE;
        }
        System.err.print(question + " [y/N] ");
        System.err.flush();
        String line = answers.readLine();
        String answer = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes") ? Answer.YES : Answer.NO;
    }

    /**
     * Asks unless the command line says yes.
     *
     * @param confirmed whether the option {@code --yes} is given
     * @return null when the answer is yes; otherwise the exit code, after it was said why nothing happens
     */
    @Nullable Integer refuse(boolean confirmed, String question) throws IOException {
        if (confirmed) {
            return null;
        }
        return switch (ask(question)) {
            case YES -> null;
            case NO -> {
                System.err.println("Nothing was changed.");
                yield ExitCode.FAILED;
            }
            case NOBODY_THERE -> {
                System.err.println("lectern: nothing was changed, since nobody can be asked here. Add --yes to do it.");
                yield ExitCode.USAGE;
            }
        };
    }
}
