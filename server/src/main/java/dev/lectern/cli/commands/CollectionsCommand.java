package dev.lectern.cli.commands;

import picocli.CommandLine.Command;

/** What concerns collections as a whole. */
@Command(
        name = "collections",
        mixinStandardHelpOptions = true,
        description = "What concerns all collections.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ReembedCommand.class)
final class CollectionsCommand {}
