package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.Ingestion.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.Engine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class JobsTest {
    @TempDir
    Path data;

    private final MemoryIndexes indexes = new MemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final Engine engine;
    private TestDatabase database;
    private Ground ground;

    JobsTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open(data);
        ground = Ground.open(data, indexes, embedder, parser, database.settings());
    }

    @AfterEach
    void close() {
        ground.close();
        database.close();
    }

    private Intake.Taken upload(String name, String text) throws Exception {
        OriginalStore.Stored stored = ground.context
                .getBean(OriginalStore.class)
                .store(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000_000);
        return ground.context
                .getBean(Intake.class)
                .files(CollectionId.DEFAULT, List.of(new Intake.HandedIn(name, stored)));
    }

    @Test
    void upload_sameBytesTwice_isTheSameDocument() throws Exception {
        Intake.Taken first = upload("a.txt", "Cats sleep.");
        ground.await(first.job());
        Intake.Taken second = upload("other.txt", "Cats sleep.");

        assertThat(second.documents().getFirst().document())
                .isEqualTo(first.documents().getFirst().document());
        assertThat(second.documents().getFirst().existing()).isTrue();
        assertThat(ground.await(second.job()).status()).isEqualTo(JobStatus.DONE);
        assertThat(embedder.count()).isEqualTo(1);
    }

    @Test
    void upload_withACharacterThatNoTextHas_showsItAsUnreadable() throws Exception {
        ground.await(upload("a.txt", "# Cats\0\nCats\0sleep.").job());
        Document document = ground.all().getFirst();
        assertThat(document.status()).isEqualTo(DocumentStatus.DONE);
        assertThat(ground.texts(document).getFirst()).contains("Cats\uFFFDsleep.");
    }

    @Test
    void upload_sameNameOtherBytes_isANewVersion() throws Exception {
        ground.await(upload("a.txt", "Cats sleep.").job());
        Document before = ground.all().getFirst();
        ground.await(upload("a.txt", "Cats hunt.").job());

        assertThat(ground.all()).hasSize(1);
        assertThat(ground.all().getFirst().id()).isEqualTo(before.id());
        assertThat(ground.all().getFirst().version()).isEqualTo(2);
        assertThat(indexes.texts()).containsExactly("Cats hunt.");
        ground.awaitAgreement();
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
        JobId first = upload("a.txt", "broken, as one whose bytes are gone before its end")
                .job();
        reading.await();
        JobId second = upload("a.txt", "Cats hunt.").job();
        replaced.countDown();

        assertThat(ground.await(first).status()).isEqualTo(JobStatus.DONE);
        assertThat(ground.await(second).status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Cats hunt.");
        assertThat(ground.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void upload_inParallel_makesOneDocument() throws Exception {
        Set<RegistrationResult> registered = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Intake.Taken>> uploads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                uploads.add(threads.submit(() -> upload("a.txt", "Cats sleep.")));
            }
            for (Future<Intake.Taken> upload : uploads) {
                registered.add(upload.get().documents().getFirst());
                ground.await(upload.get().job());
            }
        }
        assertThat(registered)
                .extracting(RegistrationResult::document)
                .containsOnly(ground.all().getFirst().id());
        assertThat(ground.all()).hasSize(1);
        assertThat(embedder.count()).isEqualTo(1);
        ground.awaitAgreement();
    }

    @Test
    void upload_nameWithPath_keepsOnlyTheName() {
        assertThat(Intake.safe("../../etc/passwd")).isEqualTo("passwd");
        assertThat(Intake.safe("C:\\Users\\me\\a b.pdf")).isEqualTo("a b.pdf");
        assertThat(Intake.safe("..")).isEqualTo("unnamed");
        assertThat(Intake.safe("a\u0000b\n.txt")).isEqualTo("ab.txt");
        assertThat(Intake.safe("x".repeat(300) + ".pdf")).hasSize(200).endsWith(".pdf");
    }

    @Test
    void failure_thatPasses_isTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        embedder.before = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "The model does not answer.");
            }
        };

        Job job = ground.await(upload("a.txt", "Cats sleep.").job());

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(ground.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void failure_thatStays_failsWithItsReasonUntilRetried() throws Exception {
        embedder.before = () -> {
            throw new LecternException(ErrorCode.MODEL_FAILED, "The model refuses this text. Choose another model.");
        };
        Job failed = ground.await(upload("a.txt", "Cats sleep.").job());
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reason()).isEqualTo("The model refuses this text. Choose another model.");
        assertThat(ground.all().getFirst().reasonCode()).isEqualTo("model_failed");

        embedder.before = () -> {};
        ground.ingestion.retry(failed.id());

        assertThat(ground.await(failed.id()).status()).isEqualTo(JobStatus.DONE);
        assertThat(ground.all().getFirst().status()).isEqualTo(DocumentStatus.DONE);
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
        JobId job = ground.ingestion.addTexts(CollectionId.DEFAULT, texts);
        started.await();

        assertThat(ground.ingestion.cancel(job).status()).isEqualTo(JobStatus.CANCELLED);
        go.countDown();
        await().atMost(Ground.SOON)
                .until(() -> ground.ingestion.job(job).progress().open() == 0);
        assertThat(ground.documents.counts().get(DocumentStatus.FAILED)).isGreaterThan(20);

        embedder.before = () -> {};
        ground.ingestion.retry(job);
        assertThat(ground.await(job).status()).isEqualTo(JobStatus.DONE);
        assertThat(ground.documents.counts().get(DocumentStatus.DONE)).isEqualTo(40);
        assertThat(embedder.embedded.values()).containsOnly(1);
        ground.awaitAgreement();
    }

    @Test
    void bulk_raisesTheGenerationSeldom() throws Exception {
        List<TextDocument> texts = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            texts.add(new TextDocument("t" + i, "Title " + i, "Text number " + i));
        }
        Job job = ground.await(ground.ingestion.addTexts(CollectionId.DEFAULT, texts));

        assertThat(job.progress().done()).isEqualTo(700);
        assertThat(job.progress().passages()).isEqualTo(700);
        assertThat(ground.collections.generation(CollectionId.DEFAULT)).isLessThan(80);
        assertThat(ground.titled("Title 699").locations()).extracting("path").containsExactly("t699");
        assertThat(ground.texts(ground.titled("Title 699"))).containsExactly("Text number 699");
        ground.awaitAgreement();
    }

    @Test
    void reingest_raisesTheVersionAndEmbedsNothing() throws Exception {
        ground.await(upload("a.txt", "Cats sleep.").job());
        Document document = ground.all().getFirst();

        ground.await(ground.ingestion.reingest(CollectionId.DEFAULT, document.id()));

        assertThat(ground.all().getFirst().version()).isEqualTo(2);
        assertThat(embedder.count()).isEqualTo(1);
        ground.awaitAgreement();
    }

    @Test
    void start_otherEmbedder_isRefusedWithAdvice() throws Exception {
        ground.await(upload("a.txt", "Cats sleep.").job());
        ground.close();

        assertThatThrownBy(() -> Ground.open(
                        data,
                        indexes,
                        new TestEmbedders("other", new CountingEmbedder("other")),
                        new LineParser(),
                        database.settings()))
                .hasMessageContaining("counting")
                .hasMessageContaining("other")
                .hasMessageContaining("LECTERN_EMBEDDER");

        ground = Ground.open(data, indexes, embedder, new LineParser(), database.settings());
        assertThat(ground.all()).hasSize(1);
    }

    @Test
    void deleteCollection_leavesNothing() throws Exception {
        CollectionId collection = ground.collections.create("  Papers ").id();
        ground.await(ground.ingestion.addTexts(collection, List.of(new TextDocument("t", "Title", "Text"))));
        ground.await(ground.ingestion.addTexts(CollectionId.DEFAULT, List.of(new TextDocument("t", "Title", "Text"))));
        assertThat(embedder.count()).isEqualTo(1);
        assertThat(indexes.texts()).hasSize(2);

        ground.collections.delete(collection);

        assertThat(indexes.texts()).hasSize(1);
        ground.awaitAgreement();
        assertThatThrownBy(() -> ground.collections.delete(CollectionId.DEFAULT))
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
        Job failed = ground.await(upload("a.txt", "Cats sleep.").job());
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reason()).contains("Something went wrong here");

        assertThat(ground.await(upload("b.txt", "Dogs bark.").job()).status()).isEqualTo(JobStatus.DONE);
    }

    @Test
    void embedder_error_failsItsDocumentAndTheWorkGoesOn() throws Exception {
        embedder.before = () -> {
            throw new StackOverflowError("planted");
        };
        assertThat(ground.await(upload("a.txt", "Cats sleep.").job()).status()).isEqualTo(JobStatus.FAILED);

        embedder.before = () -> {};
        assertThat(ground.await(upload("b.txt", "Dogs bark.").job()).status()).isEqualTo(JobStatus.DONE);
    }
}
