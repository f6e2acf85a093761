package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.LongTest;
import dev.lectern.TestRun;
import dev.lectern.http.Page;
import dev.lectern.ingestion.ChurningFolder.TrackedFile;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand changes of chance to 300 files while they are ingested: at rest, library and folder agree, and each file has kept its document. */
@OnEveryDatabase
@SuppressWarnings("NullAway.Init")
class FolderChurnTest {
    private static final int FILES = 300;
    private static final int CHANGES = 1_000;
    /** Between two rests. */
    private static final int CHANGES_AT_ONCE = 100;

    @TempDir
    Path temporary;

    private final DatabaseEngine databaseEngine;
    private InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final Map<TrackedFile, DocumentId> ids = new HashMap<>();
    private TestDatabase database;
    private IngestionFixture ingestionFixture;
    private SourceId source;

    FolderChurnTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @Test
    void churn_duringIngestion_losesAndMistakesNothing() throws Exception {
        churn(1);
    }

    @Test
    @LongTest
    void churn_ofManySeeds_losesAndMistakesNothing() throws Exception {
        for (int seed = 2; seed <= TestRun.repetitions(2, 20); seed++) {
            churn(seed);
        }
    }

    private void churn(long seed) throws Exception {
        Path root = Files.createDirectories(temporary.resolve("folder" + seed));
        Path data = temporary.resolve("data" + seed);
        ChurningFolder folder = new ChurningFolder(root, seed);
        folder.create(FILES);
        try (TestDatabase opened = databaseEngine.open(data)) {
            database = opened;
            open(data, root);
            try {
                rest(folder, seed + ": the first scan");
                for (int done = 0; done < CHANGES; done += CHANGES_AT_ONCE) {
                    change(folder, done == CHANGES / 2 ? data : null, root);
                    rest(folder, seed + ": " + (done + CHANGES_AT_ONCE) + " changes");
                }
            } finally {
                ingestionFixture.close();
            }
        }
        ids.clear();
        indexes = new InMemoryIndexes();
    }

    private void open(Path data, Path root) {
        ingestionFixture = IngestionFixture.open(
                data, indexes, embedder, new LineParser(), database.settings("lectern.ingestion.settle=20ms"));
        source = ingestionFixture
                .sources
                .addFolder(TestAccess.OPERATOR, root, CollectionId.DEFAULT)
                .id();
    }

    /** @param restart the data folder when the program is to be restarted amid the changes; otherwise null */
    private void change(ChurningFolder folder, @Nullable Path restart, Path root) throws Exception {
        for (int i = 0; i < CHANGES_AT_ONCE; i++) {
            folder.change();
            if (i % 7 == 0) {
                ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false);
            }
            if (i == CHANGES_AT_ONCE / 2 && restart != null) {
                ingestionFixture.close();
                open(restart, root);
            }
        }
    }

    private void rest(ChurningFolder folder, String when) throws Exception {
        for (int i = 0; i < 3; i++) {
            ingestionFixture.await(ingestionFixture.sources.scan(TestAccess.OPERATOR, source, true));
        }
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        compare(folder, when);
        folder.rest();
    }

    private void compare(ChurningFolder folder, String when) {
        List<Document> documents = documents();
        Map<String, Document> byPath = new TreeMap<>();
        documents.forEach(document -> document.locations().forEach(place -> byPath.put(place.path(), document)));
        Map<Set<String>, String> expected = new HashMap<>();
        folder.places().forEach((file, places) -> expected.put(places, file.text));
        Map<Set<String>, String> found = new HashMap<>();
        documents.stream()
                .filter(document -> document.status() == DocumentStatus.DONE)
                .forEach(document -> found.put(
                        document.locations().stream()
                                .map(DocumentLocation::path)
                                .collect(Collectors.toSet()),
                        String.join("", ingestionFixture.texts(document))));
        assertThat(found).as(when).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(documents.stream()
                        .filter(document -> document.status() != DocumentStatus.DONE)
                        .flatMap(document -> document.locations().stream().map(DocumentLocation::path)))
                .as("links that lead nowhere, after %s", when)
                .containsExactlyInAnyOrderElementsOf(folder.danglingLinks());
        ingestionFixture.awaitAgreement();
        assertThat(indexes.texts())
                .as("what is found after %s", when)
                .containsExactlyInAnyOrderElementsOf(
                        folder.files().stream().map(file -> file.text).toList());
        List<String> lost = new ArrayList<>();
        for (TrackedFile file : folder.files()) {
            Document now =
                    Objects.requireNonNull(byPath.get(file.names.iterator().next()));
            DocumentId before = ids.put(file, now.id());
            if (before != null && !before.equals(now.id()) && !file.isUntraceable()) {
                lost.add(file + " was " + before + " and is " + now.id());
            }
            assertThat(new TreeSet<>(
                            now.locations().stream().map(DocumentLocation::uri).toList()))
                    .as(when)
                    .contains(now.uri());
        }
        assertThat(lost)
                .as("files whose documents have another id after %s", when)
                .isEmpty();
    }

    private List<Document> documents() {
        List<Document> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Document> page = ingestionFixture.documents.page(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, null, cursor, 200));
            page.items()
                    .forEach(document ->
                            all.add(ingestionFixture.find(document.id()).orElseThrow()));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
