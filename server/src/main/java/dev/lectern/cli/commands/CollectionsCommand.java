package dev.lectern.cli.commands;

import picocli.CommandLine.Command;

/** The command {@code collections}: groups the commands that concern all collections. */
@Command(
        name = "collections",
        mixinStandardHelpOptions = true,
        description = "Commands for all collections.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ReembedCommand.class)
final class CollectionsCommand {}
