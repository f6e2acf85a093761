package dev.lectern.cli.commands;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands. */
@Command(
        name = "lectern",
        mixinStandardHelpOptions = true,
        versionProvider = LecternCommand.Version.class,
        description = "Answers questions from your own documents, with citations that can be checked.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern serve ~/Documents            a chat page about a folder, on http://localhost:8080",
            "  lectern ask \"How long is the warranty?\"",
            "  lectern search warranty --limit 5",
            "  lectern ingest handbook.pdf notes/",
            "  lectern reconcile                    compares library, index and originals",
            "  lectern collections reembed EMBEDDER moves the library to another embedder",
            "  lectern migrate --to postgres        moves the library to another database, or its index",
            "  lectern doctor                       checks the configuration without starting anything",
            "",
            "In a source folder ./lectern build builds it, and ./lectern test runs every test.",
            "Settings are environment variables; docs/configuration.md lists them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the last line says why",
            "2:the command line or the configuration is wrong",
            "3:nothing found: the documents have no answer"
        },
        subcommands = {
            ServeCommand.class,
            IngestCommand.class,
            AskCommand.class,
            SearchCommand.class,
            EvalCommand.class,
            CollectionsCommand.class,
            MigrateCommand.class,
            DoctorCommand.class,
            ReconcileCommand.class,
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
