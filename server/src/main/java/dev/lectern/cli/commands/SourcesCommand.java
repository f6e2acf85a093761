package dev.lectern.cli.commands;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code sources}: lists the folders that Lectern keeps up with, and groups the commands on them. */
@Command(
        name = "sources",
        mixinStandardHelpOptions = true,
        description = {
            "Shows and manages the folders that Lectern keeps up with. Without a command, lists them.",
            "A folder is named by its path, by the id of its source, or by the begin of the id."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern sources                          lists the folders, and what is wrong with them",
            "  lectern sources add ~/Documents          adds a folder, which is kept up with from then on",
            "  lectern sources findings ~/Documents     lists what was left out, and why",
            "  lectern sources missing ~/Documents      lists the files that are missing",
            "  lectern sources confirm ~/Documents      deletes the documents of the missing files",
            "  lectern sources remove ~/Documents       removes the folder from the library; its files stay"
        },
        subcommands = {
            SourceListCommand.class,
            SourceAddCommand.class,
            SourceShowCommand.class,
            SourceScanCommand.class,
            SourceConfirmCommand.class,
            SourceRemoveCommand.class,
            SourceFindingsCommand.class,
            SourceMissingCommand.class
        })
final class SourcesCommand implements Callable<Integer> {
    @Mixin
    private SourceLister lister = new SourceLister();

    @Override
    public Integer call() throws IOException {
        return lister.list();
    }
}
