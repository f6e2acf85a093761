package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Documents wait while a service is away, and spend their attempts on their own faults only. */
@OnEveryDatabase
class QueuePauseTest {
    private static final int DOCUMENTS = 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture fixture;

    QueuePauseTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(data);
        fixture = IngestionFixture.open(
                data,
                indexes,
                embedder,
                new LineParser(),
                database.settings("lectern.ingestion.attempts=2", "lectern.ingestion.longest-pause=100ms"));
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private JobId addTexts() {
        return fixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT,
                IntStream.range(0, DOCUMENTS)
                        .mapToObj(i -> new TextDocument("t" + i, "T" + i, "Number " + i + "."))
                        .toList());
    }

    private QueuePause awaitPause(JobId job) {
        await().atMost(LONG).until(() -> fixture.jobs.job(TestAccess.OPERATOR, job).pause() != null);
        return Objects.requireNonNull(fixture.jobs.job(TestAccess.OPERATOR, job).pause());
    }

    private void awaitAllDone(JobId job) throws InterruptedException {
        Job ended = fixture.jobs.await(TestAccess.OPERATOR, job, LONG);
        assertThat(ended.status()).isEqualTo(JobStatus.DONE);
        assertThat(ended.progress().done()).isEqualTo(DOCUMENTS);
        assertThat(ended.progress().failed()).isZero();
        assertThat(ended.pause()).isNull();
        assertThat(health().state()).isEqualTo(HealthCheck.State.UP);
    }

    private HealthCheck.Health health() {
        return fixture.context.getBean(IngestionHealthCheck.class).check();
    }

    private long attempts() {
        return fixture.context
                .getBean(JdbcClient.class)
                .sql("SELECT SUM(attempts) FROM task")
                .query(Long.class)
                .single();
    }

    @Test
    void embedderAway_documentsWaitWithoutSpendingAttemptsAndGoOnByThemselves() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        embedder.before = () -> {
            calls.incrementAndGet();
            throw new LecternException(
                    ErrorCode.MODEL_UNAVAILABLE, "The service cannot be reached. Check the network.", new Exception());
        };
        JobId job = addTexts();
        QueuePause pause = awaitPause(job);
        assertThat(pause.service()).isEqualTo(RequiredService.EMBEDDER);
        assertThat(pause.code()).isEqualTo("model_unavailable");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(health().state()).isEqualTo(HealthCheck.State.WARNING);
            assertThat(health().sentence())
                    .contains("paused since", "The service cannot be reached. Check the network.", "by itself");
        });

        int before = calls.get();
        await().atMost(LONG).until(() -> calls.get() > before + 5);
        assertThat(fixture.jobs.job(TestAccess.OPERATOR, job).progress().failed()).isZero();
        assertThat(attempts()).isZero();
        assertThat(fixture.all()).extracting(Document::status).doesNotContain(DocumentStatus.FAILED);
        assertThat(Objects.requireNonNull(fixture.jobs.job(TestAccess.OPERATOR, job).pause()).since())
                .isEqualTo(pause.since());

        embedder.before = () -> {};
        awaitAllDone(job);
        fixture.awaitAgreement();
    }

    @Test
    void embedderRefusesEverything_isNotTheFaultOfTheDocuments() throws Exception {
        embedder.before = () -> {
            throw new LecternException(ErrorCode.MODEL_FAILED, "The service rejected the API key.");
        };
        JobId job = addTexts();
        assertThat(awaitPause(job).reason()).isEqualTo("The service rejected the API key.");
        embedder.before = () -> {};
        awaitAllDone(job);
    }

    @Test
    void vectorsThatAreNoNumbers_areTheFaultOfTheNamedModel() throws Exception {
        embedder.vectors = text -> new float[] {Float.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0, 0};
        JobId job = addTexts();
        QueuePause pause = awaitPause(job);
        assertThat(pause.code()).isEqualTo("model_failed");
        assertThat(pause.reason()).contains("The embedding model counting", "infinite or not a number");
        embedder.vectors = text -> new float[8];
        awaitAllDone(job);
    }

    @Test
    void textThatTheModelRefuses_failsAloneAndTheOthersGoOn() throws Exception {
        embedder.beforeTexts = texts -> {
            if (texts.stream().anyMatch(text -> text.contains("Number 7."))) {
                throw new LecternException(ErrorCode.MODEL_FAILED, "The service rejected the request (status 400).");
            }
        };
        Job job = fixture.jobs.await(TestAccess.OPERATOR, addTexts(), LONG);

        assertThat(job.progress().done()).isEqualTo(DOCUMENTS - 1);
        assertThat(job.progress().failed()).isEqualTo(1);
        assertThat(fixture.titled("T7").reason()).isEqualTo("The service rejected the request (status 400).");
        assertThat(job.pause()).isNull();
    }

    @Test
    void retryAfter_isRespected() throws Exception {
        Duration wait = Duration.ofMillis(1_500);
        AtomicLong refused = new AtomicLong();
        AtomicLong next = new AtomicLong();
        embedder.before = () -> {
            if (refused.compareAndSet(0, System.nanoTime())) {
                throw LecternException.withRetryAfter(ErrorCode.MODEL_UNAVAILABLE, "Too many requests.", wait);
            }
            next.compareAndSet(0, System.nanoTime());
        };
        Job job = fixture.jobs.await(
                TestAccess.OPERATOR, fixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("t", "T", "Number."))), LONG);

        assertThat(job.progress().done()).isEqualTo(1);
        assertThat(next.get() - refused.get()).isGreaterThanOrEqualTo(wait.toNanos());
        assertThat(attempts()).isZero();
    }

    @Test
    void indexAway_documentsWaitAndGoOn() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        fixture.context.getBeanFactory().registerSingleton("indexOfTheTest", new HealthCheck() {
            @Override
            public String name() {
                return "index";
            }

            @Override
            public boolean isRequiredForReadiness() {
                return false;
            }

            @Override
            public Health check() {
                return away.get() ? Health.down("The index cannot be reached.") : Health.up("It is there.");
            }
        });
        indexes.step = name -> {
            if (away.get() && name.equals("before add")) {
                throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "The index cannot be reached.");
            }
        };
        JobId job = addTexts();
        assertThat(awaitPause(job).service()).isEqualTo(RequiredService.INDEX);
        away.set(false);
        awaitAllDone(job);
        assertThat(embedder.embedded.values()).containsOnly(1);
    }

    @Test
    void originalMissing_isNotSaidToBeTheDocumentsFault() throws Exception {
        fixture.jobs.await(
                TestAccess.OPERATOR, fixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("t", "T", "Number."))), LONG);
        Document document = fixture.all().getFirst();
        Path original = fixture.documents.content(TestAccess.OPERATOR, document.id()).file();
        Files.move(original, data.resolve("away"));

        Job failed = fixture.jobs.await(TestAccess.OPERATOR, fixture.jobs.reingest(TestAccess.OPERATOR, document.id()), LONG);
        assertThat(fixture.all().getFirst().reasonCode()).isEqualTo("originals_unavailable");

        Files.move(data.resolve("away"), original);
        fixture.jobs.retry(TestAccess.OPERATOR, failed.id());
        assertThat(fixture.jobs.await(TestAccess.OPERATOR, failed.id(), LONG).status()).isEqualTo(JobStatus.DONE);
    }
}
