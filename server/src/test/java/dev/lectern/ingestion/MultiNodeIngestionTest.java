package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.models.Embedder;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL database, with one index and one folder of originals. */
@NeedsServer
@Timeout(120)
class MultiNodeIngestionTest {
    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parserOfOne = new LineParser();
    private final LineParser parserOfTwo = new LineParser();
    private TestDatabase database;
    private IngestionFixture one;
    private IngestionFixture two;

    @BeforeEach
    void open() throws Exception {
        database = DatabaseEngine.POSTGRESQL.open(temporary);
        one = start("one", embedder, parserOfOne);
        two = start("two", embedder, parserOfTwo);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        database.close();
    }

    private IngestionFixture start(String node, CountingEmbedder with, LineParser parser) {
        return start(node, new TestEmbedders("test", with), parser);
    }

    private IngestionFixture start(String node, TestEmbedders with, LineParser parser) {
        return IngestionFixture.open(
                temporary.resolve(node),
                indexes,
                with,
                parser,
                database.settings(
                        "lectern.ingestion.settle=50ms",
                        "lectern.ingestion.documents-at-once=4",
                        "lectern.database.node-lease=10m",
                        "lectern.qdrant.url=http://not.opened.invalid:6334",
                        "lectern.originals.folder=" + temporary.resolve("originals")));
    }

    @Test
    void otherNode_followsTheSwitchAtOnce_andLetsGoOfWhatIsDropped() throws Exception {
        CountingEmbedder other = new CountingEmbedder("other");
        one.close();
        two.close();
        one = start("one", new TestEmbedders("onnx:old", embedder).with("onnx:other", other), parserOfOne);
        two = start("two", new TestEmbedders("onnx:old", embedder).with("onnx:other", other), parserOfTwo);
        one.await(one.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Cats sleep."))));
        ReembeddingService moves = one.context.getBean(ReembeddingService.class);
        Reembedding move = moves.start(TestAccess.OPERATOR, "onnx:other", true);
        await().atMost(IngestionFixture.SOON)
                .until(() -> moves.get(TestAccess.OPERATOR, move.id()).status() == Reembedding.Status.SWITCHED);
        assertThat(two.context.getBean(Embedder.class).resolve().fingerprint().model())
                .isEqualTo("other");
        two.await(two.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("b", "B", "Dogs bark."))));
        assertThat(indexes.texts()).containsExactlyInAnyOrder("Cats sleep.", "Cats sleep.", "Dogs bark.");
        moves.discard(TestAccess.OPERATOR, move.id());
        await().atMost(IngestionFixture.SOON)
                .until(() -> moves.get(TestAccess.OPERATOR, move.id()).status() == Reembedding.Status.DONE);
        assertThat(indexes.closed).containsExactly("counting");
        assertThat(indexes.texts()).containsExactlyInAnyOrder("Cats sleep.", "Dogs bark.");
    }

    @Test
    void embedderAwayForOneNode_theOtherNodeWorksAndBothShowThePause() throws Exception {
        CountingEmbedder away = new CountingEmbedder("counting");
        away.before = () -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "The service cannot be reached.");
        };
        one.close();
        one = start("one", away, parserOfOne);
        CountDownLatch go = new CountDownLatch(1);
        embedder.before = () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        JobId job = one.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT,
                IntStream.range(0, 12)
                        .mapToObj(i -> new TextDocument("t" + i, "T" + i, "Number " + i + "."))
                        .toList());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one.jobs.job(TestAccess.OPERATOR, job).pause() != null
                        && two.jobs.job(TestAccess.OPERATOR, job).pause() != null);
        go.countDown();
        Job done = two.jobs.await(TestAccess.OPERATOR, job, Duration.ofSeconds(60));
        assertThat(done.progress().done()).isEqualTo(12);
    }

    @Test
    void upload_sameFilesOnBothAtOnce_makesOneDocumentOfEach() throws Exception {
        List<Callable<JobId>> uploads = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            IngestionFixture node = i % 2 == 0 ? one : two;
            String text = "Cats number " + i % 3 + " sleep.";
            String name = "file" + i % 8 + ".txt";
            uploads.add(() -> upload(node, name, text));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<JobId> job : executor.invokeAll(uploads)) {
                assertThat(one.await(job.get()).status()).isEqualTo(JobStatus.DONE);
            }
        }
        // The names change hands between the contents, so the last one to come decides which of them stay.
        assertThat(one.all()).hasSizeBetween(1, 3).extracting(Document::hash).doesNotHaveDuplicates();
        assertThat(embedder.embedded.values()).containsOnly(1);
        two.awaitAgreement();
    }

    @Test
    void ingest_manyDocuments_isSharedAndEachIsReadOnce() throws Exception {
        List<TextDocument> texts = IntStream.range(0, 150)
                .mapToObj(i -> new TextDocument("t" + i, "T" + i, "Number " + i + "."))
                .toList();
        embedder.before = MultiNodeIngestionTest::pause;
        Job job = one.await(one.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, texts));
        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(job.progress().done()).isEqualTo(150);
        assertThat(embedder.embedded.values()).hasSize(150).containsOnly(1);
        assertThat(two.documents.counts().get(DocumentStatus.DONE)).isEqualTo(150);
        assertThat(database.jdbc()
                        .sql("SELECT COUNT(*) FROM document WHERE version <> 1")
                        .query(Integer.class)
                        .single())
                .isZero();
        one.awaitAgreement();
    }

    @Test
    void node_thatDies_leavesItsWorkToTheOther_andComingBackDoesNoHarm() throws Exception {
        two.close();
        CountDownLatch dying = new CountDownLatch(1);
        CountDownLatch revived = new CountDownLatch(1);
        CountingEmbedder stuck = new CountingEmbedder("counting");
        stuck.before = () -> {
            dying.countDown();
            waitFor(revived);
        };
        one.close();
        one = start("one", stuck, parserOfOne);
        JobId job = one.jobs.addTexts(
                TestAccess.OPERATOR,
                CollectionId.DEFAULT,
                List.of(new TextDocument("a", "A", "Cats."), new TextDocument("b", "B", "Dogs.")));
        dying.await();
        // As another node does with one that gave no sign of life for its whole lease.
        database.jdbc()
                .sql("DELETE FROM node WHERE id = ?")
                .param(one.context.getBean(NodeRegistry.class).self())
                .update();
        two = start("two", embedder, parserOfTwo);
        assertThat(two.await(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Cats.", "Dogs.");

        revived.countDown();
        Thread.sleep(1_000);
        two.context.getBean(LibraryMaintenance.class).cleanUp();
        one.context.getBean(LibraryMaintenance.class).cleanUp();
        assertThat(two.all()).extracting(Document::status).containsOnly(DocumentStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Cats.", "Dogs.");
        two.awaitAgreement();
    }

    @Test
    void start_whileTheOtherIsAdding_leavesWhatItAdds() throws Exception {
        one.await(one.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Dogs."))));
        long generation = one.generation(CollectionId.DEFAULT);
        two.close();
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch compared = new CountDownLatch(1);
        indexes.step = step -> {
            if (step.equals("after add") && added.getCount() > 0) {
                added.countDown();
                waitFor(compared);
            }
        };
        JobId job = one.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("b", "B", "Cats.")));
        added.await();
        two = start("two", embedder, parserOfTwo);
        two.context.getBean(LibraryMaintenance.class).recover();
        compared.countDown();
        assertThat(one.await(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Cats.", "Dogs.");
        // Nothing was wrong with the index, so what is kept of searches stays good but for the change itself.
        assertThat(two.generation(CollectionId.DEFAULT)).isEqualTo(generation + 1);
        assertThat(two.drift().agrees()).as("%s", two.drift()).isTrue();
    }

    @Test
    void edit_onBothAgainAndAgain_showsTheLastAndLeavesNothingBehind() throws Exception {
        for (int round = 0; round < 6; round++) {
            String text = "Round " + round + ".";
            JobId first = one.jobs.addTexts(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", text)));
            two.jobs.reingest(TestAccess.OPERATOR, one.titled("A").id());
            one.jobs.reingest(TestAccess.OPERATOR, one.titled("A").id());
            one.await(first);
        }
        assertThat(one.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        assertThat(indexes.texts()).containsExactly("Round 5.");
        assertThat(one.texts(two.titled("A"))).containsExactly("Round 5.");
        two.awaitAgreement();
    }

    @Test
    void delete_onOneWhileTheOtherAdds_neverFails() throws Exception {
        Set<String> problems = ConcurrentHashMap.newKeySet();
        List<Callable<Void>> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String text = "Text " + i % 4 + ".";
            changes.add(() -> {
                upload(one, "n" + text, text);
                return null;
            });
            changes.add(() -> {
                for (Document document : two.documents
                        .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, null, null, 50))
                        .items()) {
                    try {
                        two.documents.delete(TestAccess.OPERATOR, document.id());
                    } catch (LecternException gone) {
                        problems.add(gone.code().name());
                    }
                }
                return null;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> change : executor.invokeAll(changes)) {
                change.get();
            }
        }
        assertThat(problems).isSubsetOf("NOT_FOUND");
        assertThat(one.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        one.awaitAgreement();
    }

    @Test
    void cancel_onTheOtherNode_stopsTheWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        embedder.before = () -> {
            begun.countDown();
            waitFor(new CountDownLatch(1));
        };
        two.close();
        JobId job = one.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Cats.")));
        begun.await();
        two = start("two", embedder, parserOfTwo);
        two.jobs.cancel(TestAccess.OPERATOR, job);
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(two.titled("A").reasonCode()).isEqualTo("cancelled"));
    }

    @Test
    void folder_isWatchedByOne_andByTheOtherWhenThatEnds() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("folder"));
        write(folder, "a.txt", "Cats.");
        one.scan(folder);
        assertThat(watcher()).isEqualTo(one.context.getBean(NodeRegistry.class).self());
        one.close();
        await().atMost(IngestionFixture.SOON)
                .until(() ->
                        watcher().equals(two.context.getBean(NodeRegistry.class).self()));
        write(folder, "b.txt", "Dogs.");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(two.all())
                        .extracting(Document::title, Document::status)
                        .contains(tuple("b.txt", DocumentStatus.DONE)));
    }

    private String watcher() {
        return database.jdbc()
                .sql("SELECT COALESCE(watcher, '') FROM source")
                .query(String.class)
                .single();
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static JobId upload(IngestionFixture node, String name, String text) throws IOException {
        OriginalStore.Stored stored = node.context
                .getBean(OriginalStore.class)
                .store(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000_000);
        return Objects.requireNonNull(node.context
                .getBean(UploadService.class)
                .addFiles(
                        node.writable(),
                        List.of(new UploadService.UploadedFile(name, stored)),
                        ConflictPolicy.REPLACE)
                .job());
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
        }
    }
}
