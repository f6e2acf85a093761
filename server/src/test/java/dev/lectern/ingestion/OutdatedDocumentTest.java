package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Documents that an earlier version has read are read again in the background, uploads as well as files. */
@OnEveryDatabase
class OutdatedDocumentTest {
    private static final String BRIDGE = "# Bridge\nThe bridge is 90 metres long.";

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final DatabaseEngine databaseEngine;
    private Path folder;
    private TestDatabase database;
    private IngestionFixture fixture;

    OutdatedDocumentTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        start();
    }

    private void start(String... settings) {
        fixture = IngestionFixture.open(
                temporary.resolve("data"), indexes, embedder, parser, database.settings(settings));
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private DocumentId upload(String name, String text) throws Exception {
        UploadService.Upload upload = fixture.context
                .getBean(UploadService.class)
                .addFiles(
                        fixture.writable(),
                        List.of(new UploadService.UploadedFile(
                                name,
                                fixture.context
                                        .getBean(OriginalStore.class)
                                        .store(
                                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                                                1_000_000))),
                        ConflictPolicy.REFUSE);
        fixture.await(Objects.requireNonNull(upload.job()));
        return Objects.requireNonNull(upload.documents().getFirst().document());
    }

    private JdbcClient jdbc() {
        return fixture.context.getBean(JdbcClient.class);
    }

    /** As an earlier version leaves the library behind, which left out the end of each text. */
    private void restartAfterUpgrade() throws Exception {
        parser.change = text -> text + "\n";
        jdbc().sql("UPDATE document SET pipeline = 'p1c1'").update();
        fixture.close();
        start();
    }

    /** The queue is filled in the background after the start. */
    private void awaitPresentVersions() throws InterruptedException {
        String present =
                fixture.context.getBean(PipelineVersionProvider.class).current().pipeline();
        await().atMost(IngestionFixture.SOON).until(() -> versions().equals(List.of(present)));
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
    }

    private List<String> versions() {
        return jdbc().sql("SELECT DISTINCT pipeline FROM document")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void upgrade_readsUploadsAndFilesAgain_andEmbedsNothingTwice() throws Exception {
        DocumentId uploaded = upload("bridge.txt", BRIDGE);
        DocumentId refused = upload("refused.txt", "broken");
        Files.writeString(folder.resolve("birds.txt"), "# Birds\nPelicans fly.");
        fixture.scan(folder);
        int embedded = embedder.count();

        restartAfterUpgrade();
        awaitPresentVersions();

        assertThat(embedder.count()).isEqualTo(embedded);
        Document bridge = fixture.find(uploaded).orElseThrow();
        assertThat(bridge.status()).isEqualTo(DocumentStatus.DONE);
        assertThat(bridge.version()).isEqualTo(2);
        assertThat(fixture.titled("birds.txt").version()).isEqualTo(2);
        assertThat(fixture.find(refused).orElseThrow().status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(jdbc().sql("SELECT COUNT(*) FROM job WHERE caller = ?")
                        .param(SystemTask.REREADING.text())
                        .query(Integer.class)
                        .single())
                .as("a job shows the progress")
                .isOne();
        fixture.awaitAgreement();

        int parsed = parser.parsed.get();
        fixture.close();
        start();
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        assertThat(parser.parsed.get()).as("nothing is outdated any more").isEqualTo(parsed);
    }

    @Test
    void documentThatIsReadAgain_isShownAsItWas_andGoesOnAfterARestart() throws Exception {
        DocumentId uploaded = upload("bridge.txt", BRIDGE);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        jdbc().sql("DELETE FROM embedding").update();
        embedder.before = () -> {
            reading.countDown();
            try {
                goOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        restartAfterUpgrade();
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(fixture.documents
                        .text(TestAccess.OPERATOR, uploaded)
                        .orElseThrow()
                        .text())
                .isEqualTo(BRIDGE);
        assertThat(indexes.texts()).as("it is found").isNotEmpty();
        fixture.close();
        goOn.countDown();
        embedder.before = () -> {};
        start();
        awaitPresentVersions();
        assertThat(fixture.find(uploaded).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void cancelledJob_leavesDocumentsAsTheyWere_andOnlyARetryReadsThem() throws Exception {
        Files.writeString(folder.resolve("dogs.txt"), "Dogs bark.");
        fixture.scan(folder);
        List<DocumentId> uploaded = List.of(
                upload("bridge.txt", BRIDGE), upload("birds.txt", "Pelicans fly."), upload("cats.txt", "Cats sleep."));
        parser.change = text -> text + "\n";
        CountDownLatch reading = new CountDownLatch(1);
        jdbc().sql("DELETE FROM embedding").update();
        embedder.before = () -> {
            reading.countDown();
            try {
                new CountDownLatch(1).await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The work was cancelled.");
        };
        jdbc().sql("UPDATE document SET pipeline = 'p1c1'").update();
        fixture.close();
        start("lectern.ingestion.documents-at-once=1");
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
        JobId job = new JobId(jdbc().sql("SELECT id FROM job WHERE caller = ?")
                .param(SystemTask.REREADING.text())
                .query(String.class)
                .single());
        fixture.jobs.cancel(TestAccess.OPERATOR, job);
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();

        for (DocumentId one : uploaded) {
            Document document = fixture.find(one).orElseThrow();
            assertThat(document.status()).as(document.toString()).isEqualTo(DocumentStatus.DONE);
            assertThat(document.version()).isOne();
            assertThat(document.reason()).isNull();
            assertThat(document.warning()).isNull();
        }

        fixture.close();
        embedder.before = () -> {};
        int parsed = parser.parsed.get();
        start();
        fixture.scan(folder);
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        assertThat(parser.parsed.get())
                .as("neither a start nor a scan reads them")
                .isEqualTo(parsed);

        fixture.jobs.retry(TestAccess.OPERATOR, job);
        awaitPresentVersions();
        assertThat(uploaded)
                .allSatisfy(one ->
                        assertThat(fixture.find(one).orElseThrow().version()).isEqualTo(2));
    }

    @Test
    void nodesWithOtherSettings_readNoDocumentOfEachOtherTwice() throws Exception {
        DocumentId uploaded = upload("bridge.txt", BRIDGE);
        Files.writeString(folder.resolve("birds.txt"), "# Birds\nPelicans fly.");
        fixture.scan(folder);
        String without =
                fixture.context.getBean(PipelineVersionProvider.class).current().pipeline();
        String[] recognition = {"lectern.ocr.command=recognise {input}"};
        fixture.close();
        start(recognition);
        awaitPresentVersions();
        assertThat(versions()).as("another command reads them").doesNotContain(without);

        int parsed = parser.parsed.get();
        for (String[] settings : List.of(new String[0], recognition, new String[0])) {
            fixture.close();
            start(settings);
            fixture.scan(folder);
            assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        }
        assertThat(parser.parsed.get()).isEqualTo(parsed);

        Files.writeString(folder.resolve("birds.txt"), "# Birds\nPelicans and geese fly.");
        fixture.scan(folder);
        assertThat(parser.parsed.get()).as("new bytes are read").isEqualTo(parsed + 1);
        assertThat(fixture.find(uploaded).orElseThrow().version()).isOne();
    }

    @Test
    void documentThatIsReadAlike_keepsItsVersion_andNobodyIsToldOfAChange() throws Exception {
        DocumentId uploaded = upload("bridge.txt", "@author: Ann\n" + BRIDGE);
        Document before = fixture.find(uploaded).orElseThrow();
        jdbc().sql("UPDATE document_text SET blocks = NULL").update();
        long generation = fixture.generation(before.collection());
        List<String> indexed = indexes.texts();

        jdbc().sql("UPDATE document SET pipeline = 'p1c1'").update();
        fixture.close();
        start();
        awaitPresentVersions();

        Document after = fixture.find(uploaded).orElseThrow();
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(fixture.generation(before.collection())).isEqualTo(generation);
        assertThat(indexes.texts()).isEqualTo(indexed);
        assertThat(fixture.documents
                        .text(TestAccess.OPERATOR, uploaded)
                        .orElseThrow()
                        .blocks())
                .as("what an earlier version did not store")
                .isNotEmpty();
        fixture.awaitAgreement();

        parser.change = text -> text.replace("@author: Ann", "@author: Eve");
        jdbc().sql("UPDATE document SET pipeline = 'p1c1', settled_pipelines = NULL")
                .update();
        fixture.close();
        start();
        awaitPresentVersions();
        assertThat(fixture.find(uploaded).orElseThrow().version())
                .as("other metadata")
                .isEqualTo(2);
    }

    @Test
    void documentWhoseOriginalIsGone_keepsItsText() throws Exception {
        DocumentId uploaded = upload("bridge.txt", BRIDGE);
        Files.delete(fixture.context
                .getBean(OriginalStore.class)
                .file(fixture.find(uploaded).orElseThrow().hash()));
        restartAfterUpgrade();
        await().atMost(IngestionFixture.SOON)
                .until(() -> jdbc().sql("SELECT COUNT(*) FROM job WHERE caller = ? AND status = 'failed'")
                                .param(SystemTask.REREADING.text())
                                .query(Integer.class)
                                .single()
                        == 1);

        Document bridge = fixture.find(uploaded).orElseThrow();
        assertThat(bridge.status()).isEqualTo(DocumentStatus.DONE);
        assertThat(bridge.reason()).isNull();
        assertThat(bridge.version()).isOne();
        assertThat(bridge.warning()).isNull();
        assertThat(fixture.documents.text(TestAccess.OPERATOR, uploaded)).isPresent();
    }
}
