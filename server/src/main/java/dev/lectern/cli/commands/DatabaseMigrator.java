package dev.lectern.cli.commands;

import dev.lectern.backup.LibraryMigration;
import dev.lectern.backup.LibraryMigrationListener;
import dev.lectern.backup.LibraryMigrationResult;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.UnpooledDatabase;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Moves a library from one database to another and prints the progress. */
final class DatabaseMigrator {
    private static final int CHECKSUM_PREFIX = 16;

    private final List<SnapshotSource> sources;
    private final Terminal terminal;
    private final boolean json;

    DatabaseMigrator(List<SnapshotSource> sources, Terminal terminal, boolean json) {
        this.sources = sources;
        this.terminal = terminal;
        this.json = json;
    }

    int run(UnpooledDatabase from, UnpooledDatabase to) {
        LibraryMigrationResult result = new LibraryMigration(
                        sources,
                        from,
                        to,
                        new IdGenerator(InstantSource.system(), new SecureRandom()),
                        new ProgressPrinter(to))
                .run();
        terminal.endProgress();
        String next = "Restart every server with these settings: " + to.settingsHint() + ".";
        if (json) {
            System.out.println(asJson(result, to, next).toPrettyString());
        } else {
            print(result, to, next);
        }
        return ExitCode.OK;
    }

    private void print(LibraryMigrationResult result, UnpooledDatabase to, String next) {
        switch (result) {
            case LibraryMigrationResult.Moved moved -> {
                System.out.println(terminal.strong(
                        String.format(Locale.ROOT, "%-20s %12s  %s", "table", "rows", "sha-256 (both)")));
                moved.tables()
                        .forEach(table -> System.out.println(String.format(
                                Locale.ROOT,
                                "%-20s %,12d  %s",
                                table.name(),
                                table.rows(),
                                table.sha256().substring(0, CHECKSUM_PREFIX))));
                System.out.println(terminal.good("All rows were copied to " + to + "; both databases are identical."));
            }
            case LibraryMigrationResult.MovedBefore before ->
                System.out.println("The library was already moved to " + to + "; nothing was changed.");
        }
        System.out.println(next);
    }

    private static ObjectNode asJson(LibraryMigrationResult result, UnpooledDatabase to, String next) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("to", to.toString());
        switch (result) {
            case LibraryMigrationResult.Moved moved -> {
                answer.put("state", "moved");
                moved.tables()
                        .forEach(table -> answer.withArray("tables")
                                .addObject()
                                .put("name", table.name())
                                .put("rows", table.rows())
                                .put("sha256", table.sha256()));
            }
            case LibraryMigrationResult.MovedBefore before -> answer.put("state", "moved_before");
        }
        return answer.put("next", next);
    }

    private final class ProgressPrinter implements LibraryMigrationListener {
        private final UnpooledDatabase to;
        private Step now = Step.COPYING;

        private ProgressPrinter(UnpooledDatabase to) {
            this.to = to;
        }

        @Override
        public void step(Step step) {
            now = step;
            terminal.endProgress();
            String sentence = switch (step) {
                case COPYING -> "Copying to " + to + ". The library stays readable and writable.";
                case CATCHING_UP ->
                    "The library is read-only from now on. If this command is interrupted, run it again or run it with --undo.";
                case CLOSING, VERIFYING, OPENING -> "";
            };
            if (!json && !sentence.isEmpty()) {
                System.out.println(sentence);
            }
        }

        @Override
        public void rows(String table, long rows, long all) {
            String verb = now == Step.VERIFYING ? "Comparing " : "Copying ";
            terminal.progress(String.format(Locale.ROOT, "%s%s: %,d of %,d rows", verb, table, rows, all));
        }
    }
}
