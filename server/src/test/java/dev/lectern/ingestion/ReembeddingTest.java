package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.lectern.index.IndexedDocument;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.ingestion.ReembeddingService.Estimate;
import dev.lectern.library.Document;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.models.Embedder;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.ActiveEmbedderLookup;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Money;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A library moves from one embedder to another, on a real database. */
@OnEveryDatabase
@Timeout(120)
class ReembeddingTest {
    private static final int DOCUMENTS = 30;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    private final DatabaseEngine databaseEngine;
    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder old = new CountingEmbedder("old");
    private final CountingEmbedder other = new CountingEmbedder("other");
    private TestDatabase database;
    private Path folder;
    private IngestionFixture ingestionFixture;
    private ReembeddingService moves;

    ReembeddingTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void ingest() throws Exception {
        database = databaseEngine.open(temporary);
        folder = Files.createDirectories(temporary.resolve("folder"));
        for (int i = 0; i < DOCUMENTS; i++) {
            write(i, "first");
        }
        ingestionFixture = open("onnx:old");
        ingestionFixture.scan(folder);
        moves = ingestionFixture.context.getBean(ReembeddingService.class);
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
        database.close();
    }

    private IngestionFixture open(String configured) {
        CountingEmbedder first = configured.equals("onnx:other") ? other : old;
        TestEmbedders embedders =
                new TestEmbedders(configured, first).with("onnx:old", old).with("onnx:other", other);
        return IngestionFixture.open(
                temporary.resolve("data"),
                indexes,
                embedders,
                new LineParser(),
                database.settings("lectern.ingestion.settle=1h"));
    }

    private void restart(String configured) {
        ingestionFixture.close();
        reopen(configured);
    }

    private void reopen(String configured) {
        ingestionFixture = open(configured);
        moves = ingestionFixture.context.getBean(ReembeddingService.class);
    }

    private void write(int number, String words) throws Exception {
        Files.writeString(folder.resolve(number + ".txt"), "# Part\nThis is the " + words + " text " + number + ".");
    }

    private Reembedding await(Reembedding move, Status status) {
        org.awaitility.Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                moves.get(TestAccess.OPERATOR, move.id()).status())
                        .as(() -> String.valueOf(
                                moves.get(TestAccess.OPERATOR, move.id()).reason()))
                        .isEqualTo(status));
        return moves.get(TestAccess.OPERATOR, move.id());
    }

    private String activeModel() {
        return ingestionFixture
                .context
                .getBean(Embedder.class)
                .resolve()
                .fingerprint()
                .model();
    }

    private List<String> shown() {
        return ingestionFixture.all().stream()
                .filter(document -> document.version() > 0)
                .map(document -> document.id() + " " + document.version())
                .sorted()
                .toList();
    }

    private List<String> indexed(CountingEmbedder embedder) {
        List<String> indexed = new ArrayList<>();
        indexes.open(embedder.fingerprint())
                .forEachDocument(
                        (IndexedDocument document) -> indexed.add(document.document() + " " + document.version()));
        return indexed.stream().sorted().toList();
    }

    private long generation() {
        return ingestionFixture.generation(CollectionId.DEFAULT);
    }

    @Test
    void move_whenReady_answersFromTheOldOne_thenSwitchesWhole() throws Exception {
        int before = old.count();
        long generation = generation();
        Reembedding ready = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        assertThat(ready.texts()).isEqualTo(ready.embedded()).isEqualTo(old.embedded.size());
        assertThat(activeModel()).isEqualTo("old");
        assertThat(generation()).isEqualTo(generation);
        assertThat(indexed(other)).isEqualTo(shown());

        moves.switchOver(TestAccess.OPERATOR, ready.id());
        assertThat(await(ready, Status.SWITCHED).switchedAt()).isNotNull();
        assertThat(activeModel()).isEqualTo("other");
        assertThat(generation()).isGreaterThan(generation);
        assertThat(old.count()).isEqualTo(before);
        assertThat(ingestionFixture.scan(folder).progress().total())
                .as("nothing is read again")
                .isZero();
        assertThat(ingestionFixture.drift().agrees()).isTrue();
    }

    @Test
    void embedsTheSameTexts_asReadingThemDoes() {
        await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        assertThat(other.embedded.keySet()).contains("Lectern").containsAll(old.embedded.keySet());
        assertThat(other.embedded).hasSize(old.embedded.size() + 1);
        assertThat(other.embedded.values()).allMatch(times -> times == 1);
    }

    @Test
    void estimate_saysTextsTokensAndCost_andChangesNothing() {
        Estimate estimate = moves.estimate(TestAccess.OPERATOR, "onnx:other", null);
        assertThat(estimate.texts()).isEqualTo(DOCUMENTS);
        assertThat(estimate.missing()).isEqualTo(DOCUMENTS);
        int words = old.embedded.keySet().stream().mapToInt(old::countTokens).sum();
        assertThat(estimate.tokens()).isEqualTo(words);
        assertThat(estimate.cost()).isEqualTo(Money.ZERO);
        assertThat(estimate.cut()).isZero();
        assertThat(other.count()).isZero();
        assertThat(moves.list(TestAccess.OPERATOR)).isEmpty();
    }

    @Test
    void whatComesAndGoes_whileItIsBuiltAndAfterIt_isInTheNewIndex() throws Exception {
        Reembedding ready = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        write(1, "second");
        write(100, "new");
        Files.delete(folder.resolve("2.txt"));
        ingestionFixture.scan(folder);
        moves.switchOver(TestAccess.OPERATOR, ready.id());
        await(ready, Status.SWITCHED);
        assertThat(indexed(other)).isEqualTo(shown()).hasSize(DOCUMENTS);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void rollBack_bringsTheOldOneUpToDate_thenItCanBeSwitchedAgain() throws Exception {
        Reembedding move = await(moves.start(TestAccess.OPERATOR, "onnx:other", true), Status.SWITCHED);
        write(1, "second");
        Files.delete(folder.resolve("2.txt"));
        ingestionFixture.scan(folder);
        int before = old.count();
        moves.rollBack(TestAccess.OPERATOR, move.id());
        await(move, Status.READY);
        assertThat(activeModel()).isEqualTo("old");
        assertThat(old.count()).isEqualTo(before + 1);
        assertThat(indexed(old)).isEqualTo(shown());
        moves.switchOver(TestAccess.OPERATOR, move.id());
        await(move, Status.SWITCHED);
        assertThat(activeModel()).isEqualTo("other");
    }

    @Test
    void whatIsDeleted_isDeletedFromBothIndexes() throws Exception {
        await(moves.start(TestAccess.OPERATOR, "onnx:other", true), Status.SWITCHED);
        Document gone = ingestionFixture.titled("3.txt");
        Files.delete(folder.resolve("3.txt"));
        write(4, "second");
        ingestionFixture.scan(folder);
        org.awaitility.Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(indexed(old)).noneMatch(name -> name.startsWith(gone.id().value()));
            assertThat(indexes.texts()).noneMatch(text -> text.contains("first text 4."));
        });
    }

    @Test
    void end_beforeTheSwitch_leavesNothingOfTheNewOne() {
        Reembedding ready = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        moves.discard(TestAccess.OPERATOR, ready.id());
        await(ready, Status.CANCELLED);
        assertThat(activeModel()).isEqualTo("old");
        assertThat(indexed(other)).isEmpty();
        assertThat(ingestionFixture
                        .context
                        .getBean(JdbcClient.class)
                        .sql("SELECT DISTINCT embedder FROM embedding")
                        .query(String.class)
                        .list())
                .containsExactly(old.fingerprint().id());
        assertThatThrownBy(() -> moves.discard(TestAccess.OPERATOR, ready.id())).hasMessageContaining("finished");
    }

    @Test
    void end_afterTheSwitch_leavesNothingOfTheOldOne_andNoWayBack() {
        Reembedding move = await(moves.start(TestAccess.OPERATOR, "onnx:other", true), Status.SWITCHED);
        moves.discard(TestAccess.OPERATOR, move.id());
        await(move, Status.DONE);
        assertThat(activeModel()).isEqualTo("other");
        assertThat(indexed(old)).isEmpty();
        assertThatThrownBy(() -> moves.rollBack(TestAccess.OPERATOR, move.id()))
                .hasMessageContaining("Its status is done");
        await(moves.start(TestAccess.OPERATOR, "onnx:old", true), Status.SWITCHED);
        assertThat(activeModel()).isEqualTo("old");
    }

    @Test
    void killedWhileItIsBuilt_goesOn_andPaysForNothingTwice() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        other.before = () -> {
            // Until it is closed: the worker would go on, and what it embeds while it is closed is lost.
            if (calls.incrementAndGet() >= 3) {
                half.countDown();
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "planted");
            }
        };
        Reembedding move = moves.start(TestAccess.OPERATOR, "onnx:other", false);
        assertThat(half.await(60, TimeUnit.SECONDS)).isTrue();
        ingestionFixture.close();
        other.before = () -> {};
        reopen("onnx:old");
        await(move, Status.READY);
        assertThat(other.embedded.values()).allMatch(times -> times == 1);
        assertThat(indexed(other)).isEqualTo(shown());
    }

    @Test
    void model_thatCannotBeReached_isTriedAgain_andTheOldOneAnswers() {
        AtomicInteger failures = new AtomicInteger(2);
        other.before = () -> {
            if (other.count() > 0 && failures.getAndDecrement() > 0) {
                throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "The model cannot be reached.");
            }
        };
        await(moves.start(TestAccess.OPERATOR, "onnx:other", true), Status.SWITCHED);
        assertThat(indexed(other)).isEqualTo(shown());
    }

    @Test
    void model_thatRefuses_failsWithItsReason_andGoesOnWhenBegunAgain() {
        AtomicInteger calls = new AtomicInteger();
        other.before = () -> {
            if (calls.incrementAndGet() > 2) {
                throw new LecternException(ErrorCode.MODEL_FAILED, "The key is not valid.");
            }
        };
        Reembedding failed = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.FAILED);
        assertThat(failed.reason()).isEqualTo("The key is not valid.");
        assertThat(activeModel()).isEqualTo("old");
        other.before = () -> {};
        assertThat(moves.start(TestAccess.OPERATOR, "onnx:other", true).id()).isEqualTo(failed.id());
        assertThat(await(failed, Status.SWITCHED).reason()).isNull();
    }

    @Test
    void madeWithTheOldOne_butShownAfterTheSwitch_isMadeAgain() throws Exception {
        Reembedding ready = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        CountDownLatch embedding = new CountDownLatch(1);
        CountDownLatch switched = new CountDownLatch(1);
        old.before = () -> {
            embedding.countDown();
            await(switched);
        };
        write(200, "late");
        Thread scan = Thread.ofVirtual().start(() -> scan());
        assertThat(embedding.await(60, TimeUnit.SECONDS)).isTrue();
        moves.switchOver(TestAccess.OPERATOR, ready.id());
        await(ready, Status.SWITCHED);
        old.before = () -> {};
        switched.countDown();
        scan.join();
        assertThat(ingestionFixture.titled("200.txt").version()).isPositive();
        assertThat(indexed(other)).isEqualTo(shown());
        ingestionFixture.awaitAgreement();
    }

    private void scan() {
        try {
            ingestionFixture.scan(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void switchUnderIngestion_comesToAnEnd_andLosesNothing() throws Exception {
        Reembedding ready = await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        for (int i = 0; i < 200; i++) {
            write(1_000 + i, "many");
        }
        Thread scan = Thread.ofVirtual().start(() -> scan());
        moves.switchOver(TestAccess.OPERATOR, ready.id());
        await(ready, Status.SWITCHED);
        scan.join();
        assertThat(ingestionFixture.all()).hasSize(200);
        assertThat(indexed(other)).hasSize(DOCUMENTS + 200);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void start_ofTheActiveEmbedder_orWhileAnotherIsOpen_isRefused() {
        assertThatThrownBy(() -> moves.start(TestAccess.OPERATOR, "onnx:old", false))
                .asInstanceOf(type(LecternException.class))
                .matches(e -> e.code() == ErrorCode.CONFLICT)
                .extracting(Throwable::getMessage)
                .isEqualTo("onnx:old is the active embedder already. Choose another embedder.");
        assertThatThrownBy(() -> moves.start(TestAccess.OPERATOR, "onnx:nothing", false))
                .hasMessage("onnx:nothing is no embedder.");
        await(moves.start(TestAccess.OPERATOR, "onnx:other", false), Status.READY);
        assertThatThrownBy(() -> moves.start(TestAccess.OPERATOR, "onnx:other", false))
                .hasMessageContaining("wait until that is finished, or cancel it first");
    }

    @Test
    void restart_afterTheSwitch_followsTheLibrary_whicheverIsConfigured() {
        await(moves.start(TestAccess.OPERATOR, "onnx:other", true), Status.SWITCHED);
        restart("onnx:old");
        assertThat(activeModel()).isEqualTo("other");
        restart("onnx:other");
        assertThat(activeModel()).isEqualTo("other");
    }

    @Test
    void restart_withAnotherThanTheLibraryHas_isRefusedWithAdvice() {
        ingestionFixture.close();
        assertThatThrownBy(() -> open("onnx:other"))
                .hasMessage("The index was made with the embedder old and cannot be searched with onnx:other: set"
                        + " LECTERN_EMBEDDER back to the former, start, and move the library with"
                        + " lectern collections reembed onnx:other.");
        ingestionFixture = open("onnx:old");
        ingestionFixture.close();
        assertThatThrownBy(() -> open("onnx:other")).hasMessageContaining("the embedder onnx:old and");
        ingestionFixture = open("onnx:old");
    }

    @Test
    void emptyLibrary_takesWhateverIsConfigured() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            Files.delete(folder.resolve(i + ".txt"));
        }
        Files.writeString(folder.resolve("broken.txt"), "broken");
        ingestionFixture.sources.remove(
                TestAccess.OPERATOR,
                ingestionFixture
                        .sources
                        .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                        .getFirst()
                        .id());
        assertThat(ingestionFixture.context.getBean(EmbedderRepository.class).findRequired())
                .isEmpty();
        assertThat(ingestionFixture.context.getBean(ActiveEmbedderLookup.class).findActive())
                .isEmpty();
        restart("onnx:other");
        write(7, "first");
        ingestionFixture.scan(folder);
        assertThat(activeModel()).isEqualTo("other");
        assertThat(indexed(other)).isEqualTo(shown());
        ingestionFixture.context.getBean(LibraryMaintenance.class).cleanUp();
    }
}
