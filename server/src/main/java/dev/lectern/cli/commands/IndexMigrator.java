package dev.lectern.cli.commands;

import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.index.TargetIndexFactory;
import dev.lectern.library.LibraryIdRepository;
import dev.lectern.library.consistency.IndexCopier;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fills the index of another backend from the library and prints the progress. */
final class IndexMigrator {
    private final UnpooledDatabase library;
    private final Terminal terminal;
    private final boolean json;

    IndexMigrator(UnpooledDatabase library, Terminal terminal, boolean json) {
        this.library = library;
        this.terminal = terminal;
        this.json = json;
    }

    int toQdrant(String url, Map<String, String> settings) {
        try (ExecutorService executor = TaskThreads.newVirtualThreadExecutor("index-migration-");
                PassageIndexRegistry target = TargetIndexFactory.openQdrant(
                        url, settings, () -> LibraryIdRepository.read(library), executor, InstantSource.system())) {
            return fill(target, "Qdrant", "LECTERN_QDRANT_URL set to its address");
        }
    }

    int toFolder(Path dataFolder) {
        try (PassageIndexRegistry target = TargetIndexFactory.openFolder(dataFolder, InstantSource.system())) {
            return fill(
                    target, "the data folder " + dataFolder, "no LECTERN_QDRANT_URL, and LECTERN_DATA=" + dataFolder);
        }
    }

    private int fill(PassageIndexRegistry target, String place, String settings) {
        library.requirePresent();
        if (!json) {
            System.out.println("Filling the index in " + place + ". The library stays readable and writable.");
        }
        IndexCopier.Report report = fill(target);
        terminal.endProgress();
        String next = "Restart every server with these settings: " + settings + ".";
        if (json) {
            System.out.println(asJson(report, place, next).toPrettyString());
        } else {
            print(report, place, next);
        }
        return report.lost().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private IndexCopier.Report fill(PassageIndexRegistry target) {
        try (Connection connection = library.connect()) {
            return IndexCopier.of(connection, target, InstantSource.system())
                    .run((added, all) ->
                            terminal.progress(String.format(Locale.ROOT, "%,d of %,d passages", added, all)));
        } catch (SQLException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE, "Reading the library's database failed. Run the command again.", e);
        }
    }

    private void print(IndexCopier.Report report, String place, String next) {
        report.collections()
                .forEach(one -> System.out.println(
                        String.format(Locale.ROOT, "%,12d passages  %s", one.passages(), one.collection())));
        System.out.println(terminal.good("The index in " + place + " is complete: " + report.added()
                + " passages added, " + report.found() + " verified."));
        report.lost()
                .forEach(document -> System.out.println(
                        terminal.bad("The embeddings of document " + document + " are missing. Ingest it again.")));
        if (report.changing() > 0) {
            System.out.println(
                    terminal.warning(
                            report.changing()
                                    + " documents changed during the copy. They are indexed at the next start with the new settings, or by running this command again."));
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
