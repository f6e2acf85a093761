package dev.lectern.cli.commands;

import picocli.CommandLine.Command;

/** The command {@code audit}: groups the commands about the audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Checks and exports the audit log: who changed what, when and from where.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditVerifyCommand.class, AuditExportCommand.class})
final class AuditCommand {}
