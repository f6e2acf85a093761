package dev.lectern.cli.commands;

import dev.lectern.backup.LibraryMigration;
import dev.lectern.backup.SnapshotSources;
import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code migrate}: moves the library to another database or its index to another backend, while servers are running. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Moves the library to another database, or copies its index to another backend, while servers are"
                + " running. An interrupted migration continues when the command is run again. It uses the"
                + " settings of the server.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern migrate --to qdrant --qdrant-url http://localhost:6334",
            "  lectern migrate --to postgres --database-url postgresql://lectern@localhost/lectern",
            "  lectern migrate --to sqlite --data /var/lib/lectern   moves back into a data folder",
            "  lectern migrate --undo                                makes the old database writable again"
        })
final class MigrateCommand implements Callable<Integer> {
    enum Target {
        POSTGRES,
        SQLITE,
        QDRANT,
        LUCENE
    }

    @Option(names = "--to", paramLabel = "TARGET", description = "Target: postgres, sqlite, qdrant or lucene.")
    private @Nullable Target target;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "Address of the new database: postgresql://user@host:5432/name. The password can be set in"
                    + " LECTERN_DATABASE_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--qdrant-url",
            paramLabel = "URL",
            description = "gRPC address of the new Qdrant (default: LECTERN_QDRANT_URL). The key is read from"
                    + " LECTERN_QDRANT_API_KEY.")
    private @Nullable String qdrantUrl;

    @Option(
            names = "--undo",
            description =
                    "Make the old database writable again after a move. Changes in the new database are not copied"
                            + " back.")
    private boolean undo;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (undo == (target != null)) {
            throw usage("Specify --to with postgres, sqlite, qdrant or lucene, or specify --undo.");
        }
        Terminal terminal = Terminal.ofProcess();
        // Checks the environment and configures logging.
        try (SnapshotSources sources = SnapshotSources.openStandalone()) {
            Map<String, String> settings =
                    EnvironmentCheck.ofThisRelease().check(System.getenv()).properties();
            // The target of a move back is the folder that is named, which may not exist yet.
            boolean intoFolder = target == Target.SQLITE || target == Target.LUCENE;
            Path folder = intoFolder ? data.folder() : data.libraryFolder();
            UnpooledDatabase library = UnpooledDatabase.configured(settings, folder);
            if (target == null) {
                LibraryMigration.undo(library);
                System.out.println(
                        json
                                ? "{\"state\":\"open\"}"
                                : "The library in " + library + " is writable again and can be served.");
                return ExitCode.OK;
            }
            return switch (target) {
                case POSTGRES ->
                    new DatabaseMigrator(sources.all(), terminal, json)
                            .run(
                                    library,
                                    UnpooledDatabase.ofAddress(requireOption(databaseUrl, "--database-url"), settings));
                case SQLITE ->
                    new DatabaseMigrator(sources.all(), terminal, json).run(library, UnpooledDatabase.ofFolder(folder));
                case QDRANT ->
                    new IndexMigrator(library, terminal, json)
                            .toQdrant(
                                    requireOption(
                                            qdrantUrl != null ? qdrantUrl : settings.get("lectern.qdrant.url"),
                                            "--qdrant-url"),
                                    settings);
                case LUCENE -> new IndexMigrator(library, terminal, json).toFolder(folder);
            };
        }
    }

    private String requireOption(@Nullable String value, String option) {
        if (value == null || value.isBlank()) {
            throw usage("The option " + option + " is required for this target.");
        }
        return value;
    }

    private ParameterException usage(String sentence) {
        if (spec == null) {
            throw new IllegalStateException(sentence);
        }
        return new ParameterException(spec.commandLine(), sentence);
    }
}
