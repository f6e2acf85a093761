package dev.lectern.cli.commands;

import dev.lectern.backup.Move;
import dev.lectern.backup.SnapshotSources;
import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.storage.DatabasePlace;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves the library to another database, or its index to another place, while servers use it. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Moves the library to another database, or fills another index, while it is in use. Killed and run again, it goes on. It uses the settings that the server has.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern migrate --to qdrant --qdrant-url http://localhost:6334",
            "  lectern migrate --to postgres --database-url postgresql://lectern@localhost/lectern",
            "  lectern migrate --to sqlite --data /var/lib/lectern   back into a data folder",
            "  lectern migrate --undo                                lets the old database be changed again"
        })
final class MigrateCommand implements Callable<Integer> {
    enum Target {
        POSTGRES,
        SQLITE,
        QDRANT,
        LUCENE
    }

    @Option(names = "--to", paramLabel = "TARGET", description = "postgres, sqlite, qdrant or lucene.")
    private @Nullable Target target;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "The new database: postgresql://user@host:5432/name. Its password may be in LECTERN_DATABASE_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--qdrant-url",
            paramLabel = "URL",
            description = "The new Qdrant's gRPC address (else LECTERN_QDRANT_URL). Its key is LECTERN_QDRANT_API_KEY.")
    private @Nullable String qdrantUrl;

    @Option(
            names = "--undo",
            description = "Opens the old database again after a move; what was changed in the new one stays there.")
    private boolean undo;

    @Option(names = "--json", description = "Print what was done as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (undo == (target != null)) {
            throw usage("Say --to with postgres, sqlite, qdrant or lucene, or --undo.");
        }
        Terminal terminal = Terminal.ofProcess();
        // Checks the environment and sets up the log.
        try (SnapshotSources sources = SnapshotSources.alone()) {
            Map<String, String> settings =
                    EnvironmentCheck.ofThisRelease().check(System.getenv()).properties();
            DatabasePlace library = DatabasePlace.configured(settings, data.folder());
            if (target == null) {
                Move.undo(sources.all(), library);
                System.out.println(
                        json
                                ? "{\"state\":\"open\"}"
                                : "The library in " + library + " can be changed and served again.");
                return ExitCode.OK;
            }
            return switch (target) {
                case POSTGRES ->
                    new DatabaseMigrator(sources.all(), terminal, json)
                            .run(library, DatabasePlace.ofAddress(given(databaseUrl, "--database-url"), settings));
                case SQLITE ->
                    new DatabaseMigrator(sources.all(), terminal, json)
                            .run(library, DatabasePlace.ofFolder(data.folder()));
                case QDRANT ->
                    new IndexMigrator(library, terminal, json)
                            .toQdrant(
                                    given(
                                            qdrantUrl != null ? qdrantUrl : settings.get("lectern.qdrant.url"),
                                            "--qdrant-url"),
                                    settings);
                case LUCENE -> new IndexMigrator(library, terminal, json).toFolder(data.folder());
            };
        }
    }

    private String given(@Nullable String value, String option) {
        if (value == null || value.isBlank()) {
            throw usage("Say where to with " + option + ".");
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
