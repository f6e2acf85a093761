package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.observability.LogCapture;
import dev.lectern.observability.spi.LogContext.Field;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Each job and each document ends with one log line and one event; and the lines of a job, on whatever thread, carry its ids. */
@OnEveryDatabase
class CompletionEventsTest {
    private static final Logger log = LoggerFactory.getLogger("dev.lectern.Test");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final List<Object> published = new CopyOnWriteArrayList<>();
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture fixture;
    private LogCapture capture;

    CompletionEventsTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(data);
        List<String> settings = new ArrayList<>(List.of(database.settings()));
        settings.add("logging.level.dev.lectern=info");
        fixture = IngestionFixture.open(data, indexes, embedder, parser, settings.toArray(String[]::new));
        fixture.context.addApplicationListener(
                (ApplicationListener<PayloadApplicationEvent<Object>>) event -> published.add(event.getPayload()));
        capture = new LogCapture();
    }

    @AfterEach
    void close() {
        capture.close();
        fixture.close();
        database.close();
    }

    @Test
    void scan_linesOfParserEmbedderAndCommit_carryTheIdsOfJobAndDocument() throws Exception {
        // More passages than one call embeds, so that a second thread embeds as well.
        Files.writeString(folder.resolve("long.txt"), paragraphs("long"));
        Files.writeString(folder.resolve("other.txt"), paragraphs("other"));
        Files.writeString(folder.resolve("broken.txt"), "broken");
        parser.beforeRefusing = () -> log.warn("The parser refuses");
        embedder.before = () -> log.warn("The embedder embeds");
        indexes.step = step -> log.warn("The index is at {}", step);

        JobId job = fixture.scan(folder).id();

        for (String line : List.of("The parser refuses", "The embedder embeds", "The index is at before add")) {
            assertThat(capture.ids(Field.JOB, line)).as(line).containsExactly(job.value());
        }
        String first = fixture.titled("long.txt").id().value();
        String second = fixture.titled("other.txt").id().value();
        assertThat(capture.ids(Field.DOCUMENT, "The parser refuses"))
                .containsExactly(fixture.titled("broken.txt").id().value());
        assertThat(capture.ids(Field.DOCUMENT, "The embedder embeds")).containsExactlyInAnyOrder(first, second);
        assertThat(capture.ids(Field.DOCUMENT, "The index is at before add"))
                .flatMap(ids -> List.of(ids.split(",")))
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void end_doneAndRejected_isOneLineAndOneEventEach() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "Cats sleep.");
        Files.writeString(folder.resolve("broken.txt"), "broken");

        JobId job = fixture.scan(folder).id();

        assertThat(ended(job))
                .extracting(JobCompleted::status, JobCompleted::done, JobCompleted::failed, JobCompleted::passages)
                .containsExactly(JobStatus.DONE, 1, 1, 1L);
        assertThat(ended(job).callerId()).isEqualTo(TestAccess.OPERATOR.id());
        assertThat(capture.ids(Field.CALLER, "Job completed")).containsExactly(TestAccess.OPERATOR.id());
        assertThat(documents(job))
                .extracting(DocumentProcessed::status, DocumentProcessed::code, DocumentProcessed::passages)
                .containsExactlyInAnyOrder(
                        tuple(DocumentProcessed.Status.DONE, null, 1),
                        tuple(DocumentProcessed.Status.FAILED, "broken", 0));
        assertThat(lines(job, "Job completed"))
                .singleElement()
                .asString()
                .startsWith("Job completed: status=done collection=default source=")
                .contains("done=1 failed=1 cancelled=0 passages=1");
        assertThat(lines(job, "Document processed"))
                .containsExactlyInAnyOrder(
                        "Document processed: status=done passages=1 attempts=1",
                        "Document processed: status=failed reason=broken passages=0 attempts=1. The file is damaged. Save it again.");
        assertThat(capture.ids(Field.DOCUMENT, "Document processed"))
                .containsExactlyInAnyOrderElementsOf(documents(job).stream()
                        .map(document -> document.document().value())
                        .toList());
    }

    @Test
    void end_failedAfterSeveralAttempts_isOneEventWithTheReason() throws Exception {
        embedder.before = () -> {
            throw new IllegalStateException("A defect");
        };
        JobId job = addTexts("a");

        assertThat(ended(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(ended(job).reason()).startsWith("An internal error stopped the work on this document.");
        assertThat(documents(job))
                .extracting(DocumentProcessed::status, DocumentProcessed::code, DocumentProcessed::attempts)
                .containsExactly(tuple(DocumentProcessed.Status.FAILED, "internal", 2));
        assertThat(capture.ids(Field.JOB, "A document failed")).containsExactly(job.value());
        assertThat(lines(job, "Document processed")).hasSize(1);
        assertThat(lines(job, "Job completed")).hasSize(1);
    }

    @Test
    void end_cancelled_countsWhatNeverBegan() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        embedder.before = () -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "Stopped.");
            }
        };
        JobId job = addTexts(IntStream.range(0, 40).mapToObj(i -> "text " + i).toArray(String[]::new));
        working.await();
        fixture.jobs.cancel(TestAccess.OPERATOR, job);

        assertThat(ended(job).status()).isEqualTo(JobStatus.CANCELLED);
        int neverBegun = ended(job).cancelled();
        assertThat(neverBegun).isBetween(1, 39);
        await().atMost(SOON).until(() -> documents(job).size() == 40 - neverBegun);
        assertThat(documents(job))
                .allSatisfy(document -> assertThat(document.status()).isEqualTo(DocumentProcessed.Status.CANCELLED));
        assertThat(lines(job, "Job completed")).hasSize(1);
    }

    @Test
    void end_retried_isPublishedAgain() throws Exception {
        embedder.before = () -> {
            throw new LecternException(ErrorCode.INVALID_REQUEST, "The model refuses this text.");
        };
        JobId job = addTexts("a");
        assertThat(ended(job).status()).isEqualTo(JobStatus.FAILED);
        published.clear();
        embedder.before = () -> {};
        fixture.jobs.retry(TestAccess.OPERATOR, job);

        assertThat(ended(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(documents(job)).extracting(DocumentProcessed::status).containsExactly(DocumentProcessed.Status.DONE);
    }

    @Test
    void listener_thatFails_doesNotAffectTheJob() throws Exception {
        fixture.context.addApplicationListener(
                (ApplicationListener<PayloadApplicationEvent<DocumentProcessed>>) event -> {
                    throw new IllegalStateException("A listener with a defect");
                });
        JobId job = addTexts("a");

        assertThat(ended(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(capture.messages("A listener of the end of document")).hasSize(1);
    }

    private JobId addTexts(String... texts) {
        return fixture.jobs.addTexts(
                TestAccess.OPERATOR,
                CollectionId.DEFAULT,
                Stream.of(texts).map(text -> new TextDocument(text, text, text)).toList());
    }

    /** The end of a job, which must be the only one. */
    private JobCompleted ended(JobId job) {
        await().atMost(SOON).until(() -> !jobs(job).isEmpty());
        assertThat(jobs(job)).hasSize(1);
        return jobs(job).getFirst();
    }

    private List<JobCompleted> jobs(JobId job) {
        return published.stream()
                .filter(event ->
                        event instanceof JobCompleted ended && ended.job().equals(job))
                .map(JobCompleted.class::cast)
                .toList();
    }

    private List<DocumentProcessed> documents(JobId job) {
        return published.stream()
                .filter(event ->
                        event instanceof DocumentProcessed ended && ended.job().equals(job))
                .map(DocumentProcessed.class::cast)
                .toList();
    }

    private List<String> lines(JobId job, String start) {
        return capture.messages(Field.JOB, job.value()).stream()
                .filter(message -> message.startsWith(start))
                .toList();
    }

    /** Paragraphs of 40 passages. */
    private static String paragraphs(String name) {
        return IntStream.range(0, 40)
                .mapToObj(i -> Stream.generate(() -> name + i).limit(50).collect(Collectors.joining(" ")) + ".")
                .collect(Collectors.joining("\n"));
    }
}
