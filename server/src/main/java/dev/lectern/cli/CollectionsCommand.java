package dev.lectern.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns collections as a whole. */
@Command(
        name = "collections",
        mixinStandardHelpOptions = true,
        description = "What concerns all collections.",
        subcommands = ReembedCommand.class)
final class CollectionsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(System.err);
        }
        return ExitCode.USAGE;
    }
}
