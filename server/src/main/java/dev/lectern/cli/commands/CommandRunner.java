package dev.lectern.cli.commands;

import dev.lectern.cli.client.ArgumentPath;
import dev.lectern.configuration.StartFailureReporter;
import dev.lectern.shared.ShutdownSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Parses a command line, runs its command and translates failures into one line of output and an exit code. */
public final class CommandRunner {
    private static final int HELP_WIDTH = 100;

    private CommandRunner() {}

    /**
     * Runs one command.
     *
     * @return the exit code, see {@link ExitCode}
     */
    public static int run(String... arguments) {
        Optional<ServeCommand> serve = ServeArgumentParser.parse(List.of(arguments));
        return serve.isPresent() ? runServe(serve.get()) : runWithPicocli(arguments);
    }

    private static int runWithPicocli(String... arguments) {
        CommandLine line = new CommandLine(new LecternCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, ArgumentPath::of)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        Terminal.ofProcess().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (ShutdownSignal.isReceived()) {
                        return ExitCode.INTERRUPTED;
                    }
                    String sentence = StartFailureReporter.describe(failure);
                    if (sentence.isEmpty()) {
                        throw failure;
                    }
                    System.err.println("lectern: " + sentence);
                    return ExitCode.of(failure);
                });
        return line.execute(arguments);
    }

    private static int runServe(ServeCommand command) {
        try {
            return command.call();
        } catch (IOException | RuntimeException failure) {
            // The start failed because it was stopped. The signal decides on the exit code of the process.
            if (ShutdownSignal.isReceived()) {
                return ExitCode.INTERRUPTED;
            }
            String sentence = StartFailureReporter.describe(failure);
            if (sentence.isEmpty()) {
                failure.printStackTrace(System.err);
            } else {
                System.err.println("lectern: " + sentence);
            }
            return ExitCode.of(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }
}
