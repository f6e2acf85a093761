package dev.lectern.cli.commands;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: lists all commands. */
@Command(
        name = "lectern",
        mixinStandardHelpOptions = true,
        versionProvider = LecternCommand.Version.class,
        description = "Answers questions from your own documents, with citations that can be checked.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern serve ~/Documents            serves a chat page for a folder on http://localhost:8080",
            "  lectern ask \"How long is the warranty?\"",
            "  lectern search warranty --limit 5",
            "  lectern ingest handbook.pdf notes/",
            "  lectern sources                      lists the folders that are kept up with",
            "  lectern reconcile                    checks the consistency of library, index and originals",
            "  lectern audit verify                 checks that no entry of the audit log was changed",
            "  lectern collections reembed EMBEDDER re-embeds the library with another embedder",
            "  lectern migrate --to postgres        moves the library or its index to another database",
            "  lectern doctor                       checks the configuration without starting the server",
            "  lectern user create --admin anna     adds an administrator, and prints a link for the password",
            "  lectern tls self-signed              makes a certificate for a trial of HTTPS",
            "",
            "In a source checkout, ./lectern build compiles the program and ./lectern test runs all tests.",
            "Settings are environment variables, see docs/configuration.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure; the last line has the reason",
            "2:invalid command line or configuration",
            "3:nothing found, or the documents contain no answer"
        },
        subcommands = {
            ServeCommand.class,
            IngestCommand.class,
            SourcesCommand.class,
            AskCommand.class,
            SearchCommand.class,
            EvalCommand.class,
            CollectionsCommand.class,
            MigrateCommand.class,
            DoctorCommand.class,
            ReconcileCommand.class,
            AuditCommand.class,
            TlsCommand.class,
            UserCommand.class,
            TrainCommand.class
        })
final class LecternCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(System.err);
        }
        return ExitCode.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LecternCommand.class.getPackage().getImplementationVersion();
            return new String[] {"lectern " + (version == null ? "(not packaged)" : version)};
        }
    }
}
