package dev.lectern.cli;

import dev.lectern.configuration.StartFailure;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        Terminal terminal = Terminal.ofProcess();
        CommandLine line = new CommandLine(new Lectern())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String sentence = StartFailure.sentence(failure);
                    if (sentence.isEmpty()) {
                        throw failure;
                    }
                    System.err.println("lectern: " + sentence);
                    return ExitCode.of(failure);
                });
        return line.execute(arguments);
    }
}
