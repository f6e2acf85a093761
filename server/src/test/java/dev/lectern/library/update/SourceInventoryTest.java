package dev.lectern.library.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.http.Page;
import dev.lectern.library.update.SourceInventory.MissingFile;
import dev.lectern.library.update.SourceInventory.Summary;
import dev.lectern.security.TestAccess;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
@SuppressWarnings("NullAway.Init")
class SourceInventoryTest {
    private static final SourceId SOURCE = new SourceId("s1");
    private static final WritableCollection COLLECTION = TestAccess.writable(CollectionId.DEFAULT);
    private static final WritableCollection OTHER = TestAccess.writable(new CollectionId("other"));

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private SourceInventory inventory;

    SourceInventoryTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(folder);
        inventory = new SourceInventory(database.jdbc());
        document("d1", "Cats");
        document("d2", "Dogs");
        location("s1", "a.txt", "d1", null);
        location("s1", "copy/a.txt", "d1", 2_000L);
        location("s1", "b.txt", "d2", 1_000L);
        location("s1", "deleted.txt", null, 3_000L);
        location("s2", "b.txt", "d2", 500L);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void summary_countsDocumentsOnceAndMissingFiles() {
        assertThat(inventory.summarize(COLLECTION, SOURCE))
                .isEqualTo(new Summary(2, 4, 1, 3, Instant.ofEpochMilli(1_000)));
        assertThat(inventory.summarize(COLLECTION, new SourceId("s3"))).isEqualTo(new Summary(0, 0, 0, 0, null));
        assertThat(inventory.summarize(OTHER, SOURCE)).isEqualTo(new Summary(0, 0, 0, 0, null));
    }

    @Test
    void missing_isListedInPages_alsoWithoutADocument() {
        Page<MissingFile> first = inventory.findMissing(COLLECTION, SOURCE, null, 2);
        assertThat(first.items())
                .containsExactly(
                        new MissingFile("b.txt", new DocumentId("d2"), "Dogs", Instant.ofEpochMilli(1_000)),
                        new MissingFile("copy/a.txt", new DocumentId("d1"), "Cats", Instant.ofEpochMilli(2_000)));
        Page<MissingFile> second = inventory.findMissing(COLLECTION, SOURCE, first.next(), 2);
        assertThat(second.items())
                .containsExactly(new MissingFile("deleted.txt", null, null, Instant.ofEpochMilli(3_000)));
        assertThat(second.next()).isNull();
        assertThat(inventory.findMissing(OTHER, SOURCE, null, 2).items()).isEmpty();
    }

    private void document(String id, String title) {
        database.jdbc()
                .sql("INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes,"
                        + " created_at, updated_at) VALUES (?, 'default', ?, 'folder:x', 'done', 1, 0, 0, ?, 1, 0, 0)")
                .params(id, title, id)
                .update();
    }

    private void location(String source, String path, @Nullable String document, @Nullable Long missingSince) {
        database.jdbc()
                .sql("INSERT INTO location (document, missing_since, source, path, collection, uri, hash, bytes,"
                        + " modified_at) VALUES (?, ?, ?, ?, 'default', 'folder:x', 'h', 1, 0)")
                .param(document)
                .param(missingSince)
                .params(source, path)
                .update();
    }
}
