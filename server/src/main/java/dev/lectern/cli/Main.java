package dev.lectern.cli;

import dev.lectern.configuration.StartFailureReporter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** SQLite waits for its lock in native code, which keeps a virtual thread's carrier; there must be more carriers than connections, or who holds the lock never gets to run. */
    private static final int CARRIERS = 8 + Math.max(2, Runtime.getRuntime().availableProcessors());

    public static void main(String[] arguments) {
        if (System.getProperty("jdk.virtualThreadScheduler.parallelism") == null) {
            System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(CARRIERS));
        }
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        Optional<ServeCommand> plainServe = PlainServe.read(List.of(arguments));
        if (plainServe.isPresent()) {
            return serve(plainServe.get());
        }
        Terminal terminal = Terminal.ofProcess();
        CommandLine line = new CommandLine(new Lectern())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String sentence = StartFailureReporter.sentence(failure);
                    if (sentence.isEmpty()) {
                        throw failure;
                    }
                    System.err.println("lectern: " + sentence);
                    return ExitCode.of(failure);
                });
        return line.execute(arguments);
    }

    private static int serve(ServeCommand command) {
        try {
            return command.call();
        } catch (IOException | RuntimeException failure) {
            String sentence = StartFailureReporter.sentence(failure);
            if (sentence.isEmpty()) {
                failure.printStackTrace(System.err);
            } else {
                System.err.println("lectern: " + sentence);
            }
            return ExitCode.of(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }
}
