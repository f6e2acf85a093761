package dev.lectern.cli.commands;

import picocli.CommandLine.Command;

/** The command {@code tls}: groups the commands for HTTPS. */
@Command(
        name = "tls",
        mixinStandardHelpOptions = true,
        description = "Commands for HTTPS.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SelfSignedCommand.class)
final class TlsCommand {}
