package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lectern.index.IndexRebuild;
import dev.lectern.index.IndexRebuildMonitor;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions while documents are read and while a lost index is rebuilt: they never pretend that the library has less than it has. */
@OnEveryDatabase
class IndexRebuildTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ReadableCollections ALL = TestAccess.readable(Set.of(CollectionId.DEFAULT));

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final CountDownLatch released = new CountDownLatch(1);

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;

    IndexRebuildTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void openDatabase() throws IOException {
        database = databaseEngine.open(Files.createDirectories(temporary.resolve("data")));
    }

    @AfterEach
    void closeDatabase() {
        released.countDown();
        database.close();
    }

    @Test
    void search_whileTheIndexIsRebuilt_isRefusedWithProgress() throws Exception {
        long generation = ingestAndLoseTheIndex();
        indexes.step = this::waitBeforeAdding;
        try (IngestionFixture ingestionFixture = open()) {
            LecternException refused = catchThrowableOfType(LecternException.class, () -> search(ingestionFixture));
            assertThat(refused.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
            assertThat(refused).hasMessageContaining("is being rebuilt: 0 of 20 passages (0 %)");
            assertThat(refused.retryAfter())
                    .hasValueSatisfying(
                            wait -> assertThat(wait).isBetween(Duration.ofSeconds(2), Duration.ofMinutes(5)));
            assertThat(rebuild(ingestionFixture)).containsExactly(new IndexRebuild(0, 20));

            released.countDown();
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(LecternException.class)
                    .until(() -> search(ingestionFixture).size() == 20);
            assertThat(ingestionFixture.generation(CollectionId.DEFAULT)).isGreaterThan(generation);
            assertThat(rebuild(ingestionFixture)).isEmpty();
        }
    }

    @Test
    void repairIncompleteIndexes_afterTheStartFailed_fillsTheIndex() throws Exception {
        ingestAndLoseTheIndex();
        indexes.step = name -> {
            throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "planted");
        };
        try (IngestionFixture ingestionFixture = open()) {
            await().atMost(LONG).until(() -> !rebuild(ingestionFixture).isEmpty());
            assertThatThrownBy(() -> search(ingestionFixture)).hasMessageContaining("is being rebuilt");
            indexes.step = name -> {};
            LibraryMaintenance maintenance = ingestionFixture.context.getBean(LibraryMaintenance.class);
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(LecternException.class)
                    .until(() -> {
                        maintenance.repairIncompleteIndexes();
                        return search(ingestionFixture).size() == 20;
                    });
        }
    }

    @Test
    void search_afterAFailure_judgesTheIndexAgain() throws Exception {
        try (IngestionFixture ingestionFixture = open()) {
            ingest(ingestionFixture);
            assertThat(search(ingestionFixture)).hasSize(20);
            indexes.discard(embedder.fingerprint());
            SearchableIndexes searchable = ingestionFixture.context.getBean(SearchableIndexes.class);
            assertThatThrownBy(() -> searchable.search(embedder.fingerprint(), index -> {
                        throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "The collection does not exist.");
                    }))
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> search(ingestionFixture)).hasMessageContaining("0 of 20 passages");
        }
    }

    @Test
    void list_whileDocumentsAreRead_countsWhatCanBeSearched() throws Exception {
        try (IngestionFixture ingestionFixture = open()) {
            ingest(ingestionFixture);
            assertThat(collection(ingestionFixture))
                    .returns(20L, LibraryCollection::documents)
                    .returns(20L, LibraryCollection::searchable)
                    .returns(0L, LibraryCollection::pending);
            embedder.before = this::awaitRelease;
            ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR,
                    CollectionId.DEFAULT,
                    List.of(
                            new TextDocument("x", "X", "Something new."),
                            new TextDocument("0", "Part 0", "It changed.")));
            // The changed one is a new document, or keeps its earlier version: either way nothing that could be
            // searched is lost.
            await().atMost(LONG).untilAsserted(() -> {
                LibraryCollection found = collection(ingestionFixture);
                assertThat(found.searchable()).isEqualTo(20);
                assertThat(found.pending()).isEqualTo(found.documents() - 20).isPositive();
            });
            released.countDown();
            await().atMost(LONG).until(() -> collection(ingestionFixture).pending() == 0);
            assertThat(collection(ingestionFixture).searchable())
                    .isEqualTo(collection(ingestionFixture).documents());
        }
    }

    private long ingestAndLoseTheIndex() throws Exception {
        try (IngestionFixture ingestionFixture = open()) {
            ingest(ingestionFixture);
            indexes.discard(embedder.fingerprint());
            return ingestionFixture.generation(CollectionId.DEFAULT);
        }
    }

    private static void ingest(IngestionFixture ingestionFixture) throws Exception {
        List<TextDocument> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add(new TextDocument(Integer.toString(i), "Part " + i, "This is document number " + i + "."));
        }
        ingestionFixture.await(ingestionFixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, texts));
        ingestionFixture.awaitAgreement();
    }

    private List<SearchHit> search(IngestionFixture ingestionFixture) {
        return ingestionFixture
                .context
                .getBean(SearchableIndexes.class)
                .search(
                        embedder.fingerprint(),
                        index -> index.lexical("document", SearchScope.of(ALL), 100, new Deadline(Instant.MAX)));
    }

    private static List<IndexRebuild> rebuild(IngestionFixture ingestionFixture) {
        return ingestionFixture.context.getBean(IndexRebuildMonitor.class).find().stream()
                .toList();
    }

    @Test
    void counts_followEveryVisibleChange() throws Exception {
        try (IngestionFixture ingestionFixture = open()) {
            assertThat(collection(ingestionFixture).documents()).isZero();
            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR,
                    CollectionId.DEFAULT,
                    List.of(new TextDocument("a", "a", "Cats sleep."), new TextDocument("b", "b", "Dogs bark."))));
            assertThat(collection(ingestionFixture).searchable()).isEqualTo(2);
            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR,
                    CollectionId.DEFAULT,
                    List.of(new TextDocument("b", "b", "Dogs run."), new TextDocument("c", "c", "Birds sing."))));
            assertThat(collection(ingestionFixture).searchable()).isEqualTo(3);
            ingestionFixture.documents.delete(
                    TestAccess.OPERATOR, ingestionFixture.titled("a").id());
            assertThat(collection(ingestionFixture).searchable()).isEqualTo(2);
            assertThat(collection(ingestionFixture).documents()).isEqualTo(2);
        }
    }

    private static LibraryCollection collection(IngestionFixture ingestionFixture) {
        return ingestionFixture.collections.list(ALL).getFirst();
    }

    private void waitBeforeAdding(String step) {
        if (step.equals("before add")) {
            awaitRelease();
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "stopped", e);
        }
    }

    private IngestionFixture open() {
        return IngestionFixture.open(temporary.resolve("data"), indexes, embedder, parser, database.settings());
    }
}
