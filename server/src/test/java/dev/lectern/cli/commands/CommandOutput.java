package dev.lectern.cli.commands;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Output and exit code of a command. */
record CommandOutput(int exitCode, String out, String errors) {

    /** Runs a command line in this process. */
    static CommandOutput of(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            return new CommandOutput(
                    CommandRunner.run(arguments),
                    written.toString(StandardCharsets.UTF_8),
                    errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The same on a data folder. */
    static CommandOutput of(String command, Path data, String... options) {
        return of(Stream.of(Stream.of(command.split(" ", -1)), Stream.of("--data", data.toString()), Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }
}
