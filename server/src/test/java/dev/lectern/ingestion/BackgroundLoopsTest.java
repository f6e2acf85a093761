package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.LoopMonitor.Failure;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Nothing that is thrown ends the work in the background, and a source has one queued scan at most. */
@OnEveryDatabase
class BackgroundLoopsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @TempDir
    Path folders;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture fixture;

    BackgroundLoopsTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(data);
        fixture = start();
    }

    private IngestionFixture start() {
        return IngestionFixture.open(
                data,
                indexes,
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("lectern.ingestion.settle=50ms"));
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private JdbcClient jdbc() {
        return fixture.context.getBean(JdbcClient.class);
    }

    private void execute(String sql) {
        jdbc().sql(sql).update();
    }

    private Source addFolder(String name) throws Exception {
        Path folder = Files.createDirectories(folders.resolve(name));
        Files.writeString(folder.resolve("a.txt"), "The first file of " + name + ".");
        Source source = fixture.sources.addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT);
        assertThat(fixture.jobs
                        .await(TestAccess.OPERATOR, fixture.sources.scan(TestAccess.OPERATOR, source.id(), false), LONG)
                        .status())
                .isEqualTo(JobStatus.DONE);
        return source;
    }

    private void insertScan(String id, Source source, String status, boolean confirmed, boolean automatic) {
        jdbc().sql("INSERT INTO job (id, collection, source, status, scanned, confirmed, automatic, owner, created_at)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, 1)")
                .param(id)
                .param(source.collection().value())
                .param(source.id().value())
                .param(status)
                .param(confirmed ? 1 : 0)
                .param(automatic ? 1 : 0)
                .param(status.equals("running") ? "a dead node" : null)
                .update();
    }

    /** A change that falls between the first scan of a source and its watch is scanned for; the end may come before that. */
    private void deleteQueued() {
        execute("DELETE FROM job WHERE status = 'queued'");
    }

    private List<String> statuses(String... jobs) {
        return List.of(jobs).stream()
                .map(job -> jdbc().sql("SELECT status FROM job WHERE id = ?")
                        .param(job)
                        .query(String.class)
                        .single())
                .toList();
    }

    private void awaitText(String text) {
        await().atMost(LONG).until(() -> indexes.texts().contains(text));
    }

    @Test
    void everyLoopThrows_isShownAndEachGoesOnAfterwards() throws Exception {
        Source source = addFolder("one");
        LoopMonitor loops = fixture.context.getBean(LoopMonitor.class);
        execute("ALTER TABLE task RENAME COLUMN status TO status_away");
        execute("ALTER TABLE job RENAME COLUMN status TO status_away");
        Files.writeString(folders.resolve("one/b.txt"), "A change that comes meanwhile.");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loops.listFailing())
                        .extracting(Failure::work)
                        .contains(
                                "The claim of tasks",
                                "The scan of sources",
                                "The takeover of orphaned work",
                                "The passing on of cancellations",
                                "The wait for changes of source " + source.id()));
        HealthCheck.Health health =
                fixture.context.getBean(IngestionHealthCheck.class).check();
        assertThat(health.state()).isNotEqualTo(HealthCheck.State.UP);

        execute("ALTER TABLE job RENAME COLUMN status_away TO status");
        execute("ALTER TABLE task RENAME COLUMN status_away TO status");
        awaitText("A change that comes meanwhile.");
        JobId texts = fixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("t", "T", "Cats sleep.")));
        assertThat(fixture.jobs.await(TestAccess.OPERATOR, texts, LONG).status())
                .isEqualTo(JobStatus.DONE);
        Files.writeString(folders.resolve("one/c.txt"), "A later change.");
        awaitText("A later change.");
        await().atMost(LONG).until(() -> loops.listFailing().isEmpty());
    }

    @Test
    void twoQueuedScansOfASource_keepNoOtherSourceFromBeingWatched() throws Exception {
        Source one = addFolder("one");
        addFolder("two");
        fixture.close();
        fixture = start();
        execute("DROP INDEX job_queued_scan");
        execute("UPDATE source SET watcher = NULL");
        insertScan("a1", one, "queued", false, true);
        insertScan("a2", one, "queued", false, true);
        fixture.close();
        Files.writeString(folders.resolve("two/b.txt"), "Written while it was off.");
        fixture = start();

        awaitText("Written while it was off.");
        Files.writeString(folders.resolve("two/c.txt"), "Written while it is watched.");
        awaitText("Written while it is watched.");
        Files.writeString(folders.resolve("one/c.txt"), "Written into the first folder.");
        awaitText("Written into the first folder.");
    }

    @Test
    void migration_mergesQueuedScansAndForbidsThem() throws Exception {
        Source source = addFolder("one");
        fixture.close();
        fixture = IngestionFixture.open(
                data,
                indexes,
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("lectern.ingestion.enabled=false"));
        execute("DROP INDEX job_queued_scan");
        deleteQueued();
        insertScan("a1", source, "queued", false, true);
        insertScan("a2", source, "queued", true, false);
        insertScan("a3", source, "queued", false, true);
        jdbc().sql("INSERT INTO task (id, job, document, status, priority, attempts, not_before, passages, bytes)"
                        + " VALUES ('t1', 'a3', 'd', 'queued', 1, 0, 0, 0, 0)")
                .update();

        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V206__one_queued_scan.sql"))
                .execute(fixture.context.getBean(DataSource.class));

        assertThat(statuses("a1", "a2", "a3")).containsExactly("queued", "cancelled", "cancelled");
        assertThat(jdbc().sql("SELECT confirmed - automatic FROM job WHERE id = 'a1'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc().sql("SELECT job FROM task WHERE id = 't1'")
                        .query(String.class)
                        .single())
                .isEqualTo("a1");
        assertThatThrownBy(() -> insertScan("a4", source, "queued", false, true))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void takeover_ofAScanWhoseSourceHasAQueuedOne_leavesOne() throws Exception {
        Source source = addFolder("one");
        fixture.close();
        fixture = IngestionFixture.open(
                data,
                indexes,
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("lectern.ingestion.enabled=false"));
        JobRepository jobs = fixture.context.getBean(JobRepository.class);
        deleteQueued();
        insertScan("a1", source, "running", false, true);
        insertScan("a2", source, "queued", false, true);
        insertScan("a3", source, "failed", false, false);

        jobs.requeueOrphaned();
        jobs.restart(new JobId("a3"), true);

        assertThat(statuses("a1", "a2", "a3")).containsExactly("done", "queued", "running");
        assertThat(jobs.createScan(TestAccess.OPERATOR, source.id(), source.collection(), true, false))
                .isEqualTo(new JobId("a2"));
    }
}
