package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
class JobServiceTest {
    @TempDir
    Path data;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture ingestionFixture;

    JobServiceTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(data);
        ingestionFixture = IngestionFixture.open(data, indexes, embedder, parser, database.settings());
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
        database.close();
    }

    private static JobId jobOf(UploadService.Upload upload) {
        return Objects.requireNonNull(upload.job());
    }

    private UploadService.Upload upload(String name, String text) throws Exception {
        return upload(ConflictPolicy.REPLACE, name, text);
    }

    /** @param files name and text of each */
    private UploadService.Upload upload(ConflictPolicy conflict, String... files) throws Exception {
        List<UploadService.UploadedFile> uploaded = new ArrayList<>();
        for (int i = 0; i < files.length; i += 2) {
            uploaded.add(new UploadService.UploadedFile(
                    files[i],
                    ingestionFixture
                            .context
                            .getBean(OriginalStore.class)
                            .store(
                                    new ByteArrayInputStream(files[i + 1].getBytes(StandardCharsets.UTF_8)),
                                    1_000_000)));
        }
        return ingestionFixture.context.getBean(UploadService.class).addFiles(ingestionFixture.writable(), uploaded, conflict);
    }

    private static DocumentId document(UploadService.Upload upload, int file) {
        return Objects.requireNonNull(upload.documents().get(file).document());
    }

    private List<String> addresses() {
        return ingestionFixture.all().stream().map(Document::uri).sorted().toList();
    }

    @Test
    void upload_sameNameInSeveralFolders_areSeveralDocuments() throws Exception {
        UploadService.Upload upload = upload(
                ConflictPolicy.REFUSE,
                "dup.txt",
                "Cats sleep.",
                "a/dup.txt",
                "Dogs bark.",
                "b\\dup.txt",
                "Birds sing.");
        ingestionFixture.await(jobOf(upload));

        assertThat(upload.documents())
                .extracting(RegistrationResult::outcome)
                .containsOnly(RegistrationResult.Outcome.ADDED);
        assertThat(addresses()).containsExactly("upload:a/dup.txt", "upload:b/dup.txt", "upload:dup.txt");
        assertThat(indexes.texts()).containsExactlyInAnyOrder("Cats sleep.", "Dogs bark.", "Birds sing.");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_samePathOtherBytes_isRefusedAndTheOthersAreAccepted() throws Exception {
        DocumentId before = document(upload("Report.txt", "Cats sleep."), 0);
        UploadService.Upload upload = upload(
                ConflictPolicy.REFUSE, "Report.txt", "Dogs bark.", "new.txt", "Birds sing.", "new.txt", "Fish swim.");
        ingestionFixture.await(jobOf(upload));

        assertThat(upload.documents())
                .extracting(RegistrationResult::outcome)
                .containsExactly(
                        RegistrationResult.Outcome.REFUSED,
                        RegistrationResult.Outcome.ADDED,
                        RegistrationResult.Outcome.REFUSED);
        assertThat(document(upload, 0)).isEqualTo(before);
        assertThat(document(upload, 2)).isEqualTo(document(upload, 1));
        assertThat(indexes.texts()).containsExactlyInAnyOrder("Cats sleep.", "Birds sing.");
        UploadService.Upload again = upload(ConflictPolicy.REFUSE, "Report.txt", "Cats sleep.");
        assertThat(document(again, 0)).isEqualTo(before);
        assertThat(again.documents().getFirst().existing()).isTrue();
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_allRefused_hasNoJobAndLeavesNothing() throws Exception {
        ingestionFixture.await(jobOf(upload("Report.txt", "Cats sleep.")));
        UploadService.Upload upload = upload(ConflictPolicy.REFUSE, "Report.txt", "Dogs bark.");

        assertThat(upload.job()).isNull();
        assertThat(ingestionFixture.jobs.page(TestAccess.OPERATOR, CollectionId.DEFAULT, null, 10).items())
                .hasSize(1);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_keepBoth_getsAFreeName() throws Exception {
        ingestionFixture.await(jobOf(upload("a/Report.txt", "Cats sleep.")));
        UploadService.Upload second =
                upload(ConflictPolicy.KEEP_BOTH, "a/Report.txt", "Dogs bark.", "a/Report.txt", "Birds sing.");
        ingestionFixture.await(jobOf(second));
        UploadService.Upload again = upload(ConflictPolicy.KEEP_BOTH, "a/Report.txt", "Dogs bark.");

        assertThat(addresses())
                .containsExactly("upload:a/Report (2).txt", "upload:a/Report (3).txt", "upload:a/Report.txt");
        assertThat(second.documents())
                .extracting(RegistrationResult::path)
                .containsExactly("a/Report (2).txt", "a/Report (3).txt");
        assertThat(again.documents().getFirst().existing()).isTrue();
        assertThat(document(again, 0)).isEqualTo(document(second, 0));
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_replaceWithBytesOfAnother_leavesOneDocument() throws Exception {
        DocumentId cats = document(upload("a.txt", "Cats sleep."), 0);
        ingestionFixture.await(jobOf(upload("b.txt", "Dogs bark.")));
        UploadService.Upload replaced = upload(ConflictPolicy.REPLACE, "b.txt", "Cats sleep.");
        ingestionFixture.await(jobOf(replaced));

        assertThat(document(replaced, 0)).isEqualTo(cats);
        assertThat(ingestionFixture.all()).hasSize(1);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_decomposedName_isTheDocumentOfTheComposedNameAndOfTheFormerVersion() throws Exception {
        String composed = "Cafe\u0301.txt";
        DocumentId added = document(upload("Caf\u00E9.txt", "Cats sleep."), 0);
        assertThat(document(upload(composed, "Cats hunt."), 0)).isEqualTo(added);

        jdbc().sql("UPDATE location SET path = ? WHERE document = ?")
                .params(composed, added.value())
                .update();
        assertThat(document(upload(composed, "Cats run."), 0)).isEqualTo(added);
    }

    @Test
    void upload_pathTooLong_isRefusedAndReleasesItsBytes() throws Exception {
        assertThatThrownBy(() -> upload(ConflictPolicy.REFUSE, "a.txt", "Cats.", "x".repeat(256), "Dogs."))
                .isInstanceOfSatisfying(LecternException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(refused).hasMessageContaining("256 characters, the maximum is 255");
                });
        assertThat(ingestionFixture.all()).isEmpty();
        assertThat(jdbc().sql("SELECT COUNT(*) FROM original_hold")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private JdbcClient jdbc() {
        return ingestionFixture.context.getBean(JdbcClient.class);
    }

    @Test
    void upload_sameBytesTwice_isTheSameDocument() throws Exception {
        UploadService.Upload first = upload("a.txt", "Cats sleep.");
        ingestionFixture.await(jobOf(first));
        UploadService.Upload second = upload("other.txt", "Cats sleep.");

        assertThat(second.documents().getFirst().document())
                .isEqualTo(first.documents().getFirst().document());
        assertThat(second.documents().getFirst().existing()).isTrue();
        assertThat(ingestionFixture.await(jobOf(second)).status()).isEqualTo(JobStatus.DONE);
        assertThat(embedder.count()).isEqualTo(1);
    }

    @Test
    void upload_withACharacterThatNoTextHas_showsItAsUnreadable() throws Exception {
        ingestionFixture.await(jobOf(upload("a.txt", "# Cats\0\nCats\0sleep.")));
        Document document = ingestionFixture.all().getFirst();
        assertThat(document.status()).isEqualTo(DocumentStatus.DONE);
        assertThat(ingestionFixture.texts(document).getFirst()).contains("Cats\uFFFDsleep.");
    }

    @Test
    void upload_sameNameOtherBytes_isANewVersion() throws Exception {
        ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));
        Document before = ingestionFixture.all().getFirst();
        ingestionFixture.await(jobOf(upload("a.txt", "Cats hunt.")));

        assertThat(ingestionFixture.all()).hasSize(1);
        assertThat(ingestionFixture.all().getFirst().id()).isEqualTo(before.id());
        assertThat(ingestionFixture.all().getFirst().version()).isEqualTo(2);
        assertThat(indexes.texts()).containsExactly("Cats hunt.");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void upload_replacedWhileItIsRead_isNotSaidToBeDamaged() throws Exception {
        replacedWhileItIsRead(() -> {});
    }

    @Test
    void upload_replacedWhileItFails_doesNotTakeTheNewBytesForFailed() throws Exception {
        replacedWhileItIsRead(() -> {
            throw new LecternException(ErrorCode.INVALID_REQUEST, "This is about the former bytes.");
        });
    }

    private void replacedWhileItIsRead(Runnable then) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        parser.beforeRefusing = () -> {
            reading.countDown();
            try {
                replaced.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            then.run();
        };
        JobId first = jobOf(upload("a.txt", "broken, as one whose bytes are gone before its end"));
        reading.await();
        JobId second = jobOf(upload("a.txt", "Cats hunt."));
        replaced.countDown();

        assertThat(ingestionFixture.await(first).status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.await(second).status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Cats hunt.");
        assertThat(ingestionFixture.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void upload_inParallel_makesOneDocument() throws Exception {
        Set<RegistrationResult> registered = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<UploadService.Upload>> uploads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                uploads.add(threads.submit(() -> upload("a.txt", "Cats sleep.")));
            }
            for (Future<UploadService.Upload> upload : uploads) {
                registered.add(upload.get().documents().getFirst());
                ingestionFixture.await(jobOf(upload.get()));
            }
        }
        assertThat(registered)
                .extracting(RegistrationResult::document)
                .containsOnly(ingestionFixture.all().getFirst().id());
        assertThat(ingestionFixture.all()).hasSize(1);
        assertThat(embedder.count()).isEqualTo(1);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void failure_thatPasses_isTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        embedder.before = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "The model does not answer.");
            }
        };

        Job job = ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void failure_thatStays_failsWithItsReasonUntilRetried() throws Exception {
        embedder.beforeTexts = texts -> {
            if (texts.stream().anyMatch(text -> text.contains("Cats"))) {
                throw new LecternException(
                        ErrorCode.MODEL_FAILED, "The model refuses this text. Choose another model.");
            }
        };
        Job failed = ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reason()).isEqualTo("The model refuses this text. Choose another model.");
        assertThat(ingestionFixture.all().getFirst().reasonCode()).isEqualTo("model_failed");

        embedder.beforeTexts = texts -> {};
        ingestionFixture.jobs.retry(TestAccess.OPERATOR, failed.id());

        assertThat(ingestionFixture.await(failed.id()).status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void cancel_runningJob_stopsIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        embedder.before = () -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
            }
        };
        List<TextDocument> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(new TextDocument("t" + i, "Title " + i, "Text number " + i));
        }
        JobId job = ingestionFixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, texts);
        started.await();

        assertThat(ingestionFixture.jobs.cancel(TestAccess.OPERATOR, job).status())
                .isEqualTo(JobStatus.CANCELLED);
        go.countDown();
        await().atMost(IngestionFixture.SOON)
                .until(() -> ingestionFixture
                                .jobs
                                .job(TestAccess.OPERATOR, job)
                                .progress()
                                .open()
                        == 0);
        assertThat(ingestionFixture.documents.counts().get(DocumentStatus.FAILED))
                .isGreaterThan(20);

        embedder.before = () -> {};
        ingestionFixture.jobs.retry(TestAccess.OPERATOR, job);
        assertThat(ingestionFixture.await(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.documents.counts().get(DocumentStatus.DONE)).isEqualTo(40);
        assertThat(embedder.embedded.values()).containsOnly(1);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void bulk_raisesTheGenerationSeldom() throws Exception {
        List<TextDocument> texts = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            texts.add(new TextDocument("t" + i, "Title " + i, "Text number " + i));
        }
        Job job = ingestionFixture.await(
                ingestionFixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, texts));

        assertThat(job.progress().done()).isEqualTo(700);
        assertThat(job.progress().passages()).isEqualTo(700);
        assertThat(ingestionFixture.generation(CollectionId.DEFAULT)).isLessThan(80);
        assertThat(ingestionFixture.titled("Title 699").locations())
                .extracting("path")
                .containsExactly("t699");
        assertThat(ingestionFixture.texts(ingestionFixture.titled("Title 699"))).containsExactly("Text number 699");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void smallUpload_besideALargeJob_isDoneAmongTheFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<String> embedded = Collections.synchronizedList(new ArrayList<>());
        embedder.beforeTexts = texts -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            embedded.addAll(texts);
        };
        List<TextDocument> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add(new TextDocument("t" + i, "Title " + i, "Text number " + i));
        }
        JobId large = ingestionFixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, texts);
        JobId small = upload("a.txt", "Cats sleep.").job();
        go.countDown();
        assertThat(ingestionFixture.await(small).status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.await(large).progress().done()).isEqualTo(300);

        int position = IntStream.range(0, embedded.size())
                .filter(i -> embedded.get(i).contains("Cats sleep."))
                .findFirst()
                .orElseThrow();
        assertThat(position).isLessThan(60);
    }

    @Test
    void reingest_raisesTheVersionAndEmbedsNothing() throws Exception {
        ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));
        Document document = ingestionFixture.all().getFirst();

        ingestionFixture.await(ingestionFixture.jobs.reingest(TestAccess.OPERATOR, document.id()));

        assertThat(ingestionFixture.all().getFirst().version()).isEqualTo(2);
        assertThat(embedder.count()).isEqualTo(1);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void start_otherEmbedder_isRefusedWithAdvice() throws Exception {
        ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));
        ingestionFixture.close();

        assertThatThrownBy(() -> IngestionFixture.open(
                        data,
                        indexes,
                        new TestEmbedders("other", new CountingEmbedder("other")),
                        new LineParser(),
                        database.settings()))
                .hasMessageContaining("counting")
                .hasMessageContaining("other")
                .hasMessageContaining("LECTERN_EMBEDDER");

        ingestionFixture = IngestionFixture.open(data, indexes, embedder, new LineParser(), database.settings());
        assertThat(ingestionFixture.all()).hasSize(1);
    }

    @Test
    void deleteCollection_leavesNothing() throws Exception {
        CollectionId collection = ingestionFixture
                .collections
                .create(TestAccess.OPERATOR, "  Papers ")
                .id();
        ingestionFixture.await(ingestionFixture.jobs.addTexts(
                TestAccess.OPERATOR, collection, List.of(new TextDocument("t", "Title", "Text"))));
        ingestionFixture.await(ingestionFixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("t", "Title", "Text"))));
        assertThat(embedder.count()).isEqualTo(1);
        assertThat(indexes.texts()).hasSize(2);

        ingestionFixture.collections.delete(TestAccess.OPERATOR, collection);

        assertThat(indexes.texts()).hasSize(1);
        ingestionFixture.awaitAgreement();
        assertThatThrownBy(() -> ingestionFixture.collections.delete(TestAccess.OPERATOR, CollectionId.DEFAULT))
                .isInstanceOf(LecternException.class);
    }

    @Test
    void index_errorInTheMiddle_failsItsDocumentAndTheWorkGoesOn() throws Exception {
        AtomicInteger errors = new AtomicInteger();
        indexes.step = name -> {
            if (name.equals("before add") && errors.incrementAndGet() <= 2) {
                throw new StackOverflowError("planted");
            }
        };
        Job failed = ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep.")));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reason()).contains("An internal error stopped the work");

        assertThat(ingestionFixture.await(jobOf(upload("b.txt", "Dogs bark."))).status())
                .isEqualTo(JobStatus.DONE);
    }

    @Test
    void embedder_error_failsItsDocumentAndTheWorkGoesOn() throws Exception {
        embedder.before = () -> {
            throw new StackOverflowError("planted");
        };
        assertThat(ingestionFixture.await(jobOf(upload("a.txt", "Cats sleep."))).status())
                .isEqualTo(JobStatus.FAILED);

        embedder.before = () -> {};
        assertThat(ingestionFixture.await(jobOf(upload("b.txt", "Dogs bark."))).status())
                .isEqualTo(JobStatus.DONE);
    }
}
