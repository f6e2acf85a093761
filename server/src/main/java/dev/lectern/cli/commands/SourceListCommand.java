package dev.lectern.cli.commands;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code sources list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the folders that Lectern keeps up with, and what is wrong with them.")
final class SourceListCommand implements Callable<Integer> {
    @Mixin
    private SourceLister lister = new SourceLister();

    @Override
    public Integer call() throws IOException {
        return lister.list();
    }
}
