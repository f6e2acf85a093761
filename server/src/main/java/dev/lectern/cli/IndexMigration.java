package dev.lectern.cli;

import dev.lectern.index.IndexPlaces;
import dev.lectern.index.PassageIndexes;
import dev.lectern.library.LibraryIdRepository;
import dev.lectern.library.consistency.IndexCopier;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabasePlace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fills another index from the library and tells how far it is. */
final class IndexMigration {
    private final DatabasePlace library;
    private final Terminal terminal;
    private final boolean json;

    IndexMigration(DatabasePlace library, Terminal terminal, boolean json) {
        this.library = library;
        this.terminal = terminal;
        this.json = json;
    }

    int toQdrant(String url, Map<String, String> settings) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                PassageIndexes target = IndexPlaces.qdrant(
                        url, settings, () -> LibraryIdRepository.read(library), executor, InstantSource.system())) {
            return fill(target, "Qdrant", "set LECTERN_QDRANT_URL to its address");
        }
    }

    int toFolder(Path dataFolder) {
        try (PassageIndexes target = IndexPlaces.folder(dataFolder, InstantSource.system())) {
            return fill(
                    target,
                    "the data folder " + dataFolder,
                    "start it without LECTERN_QDRANT_URL, with LECTERN_DATA=" + dataFolder);
        }
    }

    private int fill(PassageIndexes target, String place, String settings) {
        library.requirePresent();
        if (!json) {
            System.out.println("Filling the index in " + place + "; the library can be used and changed meanwhile.");
        }
        IndexCopier.Report report = fill(target);
        terminal.endProgress();
        String next = "Stop every server and start it again with its new settings: " + settings + ".";
        if (json) {
            System.out.println(asJson(report, place, next).toPrettyString());
        } else {
            print(report, place, next);
        }
        return report.lost().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private IndexCopier.Report fill(PassageIndexes target) {
        try (Connection connection = library.connect()) {
            return IndexCopier.of(connection, target, InstantSource.system())
                    .run((added, all) ->
                            terminal.progress(String.format(Locale.ROOT, "%,d of %,d passages", added, all)));
        } catch (SQLException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE, "The database of the library failed. Run the command again.", e);
        }
    }

    private void print(IndexCopier.Report report, String place, String next) {
        report.collections()
                .forEach(one -> System.out.println(
                        String.format(Locale.ROOT, "%,12d passages  %s", one.passages(), one.collection())));
        System.out.println(terminal.good("The index in " + place + " has what the library has; " + report.added()
                + " passages were added, and " + report.found() + " were looked for and found."));
        report.lost()
                .forEach(document -> System.out.println(
                        terminal.bad("The embeddings of document " + document + " are gone: ingest it again.")));
        if (report.changing() > 0) {
            System.out.println(
                    terminal.warning(
                            report.changing()
                                    + " documents changed meanwhile; the start with the new settings, or this command again, sees to them."));
        }
        System.out.println(next);
    }

    private static ObjectNode asJson(IndexCopier.Report report, String place, String next) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("to", place);
        answer.put("added", report.added());
        answer.put("found", report.found());
        answer.put("changing", report.changing());
        report.lost().forEach(answer.putArray("lost")::add);
        report.collections()
                .forEach(one -> answer.withArray("collections")
                        .addObject()
                        .put("name", one.collection())
                        .put("passages", one.passages()));
        return answer.put("next", next);
    }
}
