package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.axis;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of connection and server errors. */
@SuppressWarnings("NullAway.Init")
@Timeout(20)
class QdrantFailuresTest {
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));

    private FakeQdrantServer server;
    private QdrantIndexStore store;
    private PassageIndex index;

    @BeforeEach
    void start() throws Exception {
        server = FakeQdrantServer.start();
        store = QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test", Duration.ofSeconds(2)));
        index = store.open(FINGERPRINT);
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, Clock.systemUTC());
    }

    private List<IndexedPassage> one() {
        return List.of(passage("a", "cat"));
    }

    private static LecternException failure(ThrowingCallable action) {
        return catchThrowableOfType(LecternException.class, action);
    }

    @Test
    void lostAnswers_areAskedForAgain() {
        index.add(one());
        for (String method : List.of("Upsert", "Delete", "Count", "Query", "Scroll")) {
            server.misbehaviour().loseAnswer(method);
            assertThatCode(() -> {
                        index.add(one());
                        index.delete(List.of());
                        index.delete(List.of(new PassageSelection.OfVersion(new DocumentId("d"), 2)));
                        assertThat(index.count(ALL)).isOne();
                        assertThat(index.lexical("cat", ALL, 1, in(Duration.ofSeconds(5))))
                                .hasSize(1);
                        index.forEachDocument(
                                document -> assertThat(document.passages()).isOne());
                    })
                    .as(method)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void lostAnswersWhileMaking_areAskedForAgain() {
        server.misbehaviour().loseAnswer("Create");
        index.add(one());
        assertThat(index.count(ALL)).isOne();
    }

    @Test
    void refusals_areAnswers_andDoNotStopOtherCalls() {
        try (QdrantIndexStore counted = QdrantStoreFixtures.openWithCircuit(
                server.url(), QdrantStoreFixtures.settings("counted", Duration.ofSeconds(2)))) {
            PassageIndex asked = counted.open(FINGERPRINT);
            asked.add(one());
            for (Status refusal : List.of(Status.INVALID_ARGUMENT, Status.ALREADY_EXISTS, Status.RESOURCE_EXHAUSTED)) {
                server.misbehaviour().refuse("Count", 4, refusal, new Metadata());
                for (int i = 0; i < 4; i++) {
                    assertThat(failure(() -> asked.count(ALL)).getMessage()).doesNotContain("several times in a row");
                }
                assertThat(asked.count(ALL)).isOne();
            }
            server.misbehaviour().refuse("Count", 99, Status.INTERNAL, new Metadata());
            failure(() -> asked.count(ALL));
            failure(() -> asked.count(ALL));
            assertThat(failure(() -> asked.count(ALL))).hasMessageContaining("several times in a row");
        }
    }

    @Test
    void manyAtOnce_whenThereIsNoCollectionYet_areAllAnswered() throws Exception {
        try (QdrantIndexStore counted = QdrantStoreFixtures.openWithCircuit(
                        server.url(), QdrantStoreFixtures.settings("at-once", Duration.ofSeconds(5)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            PassageIndex asked = counted.open(FINGERPRINT);
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> asked.count(ALL)));
            }
            for (Future<Long> each : all) {
                assertThat(each.get()).isZero();
            }
        }
    }

    @Test
    void answersThatStayLost_areAFailureAfterThreeTimes() {
        index.add(one());
        server.calls().clear();
        server.misbehaviour().refuse("Count", 9, Status.UNAVAILABLE, new Metadata());
        assertThat(failure(() -> index.count(ALL)).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(server.calls()).containsExactly("Count", "Count", "Count");
    }

    /** As a running Qdrant showed when the way to it was cut. */
    @Test
    void connectionCutWhileARequestIsWritten_countsAsLost() {
        Status unknown = Status.UNKNOWN.withDescription("channel closed");
        assertThat(QdrantExceptionTranslator.isLost(
                        unknown.withCause(new ClosedChannelException()).asRuntimeException()))
                .isTrue();
        assertThat(QdrantExceptionTranslator.isLost(unknown.asRuntimeException()))
                .isFalse();
    }

    @Test
    void otherFailures_areNotTriedAgain() {
        index.add(one());
        server.calls().clear();
        server.misbehaviour()
                .refuse("Upsert", 1, Status.INTERNAL.withDescription("secret text of a document"), new Metadata());
        LecternException failure = failure(() -> index.add(one()));
        assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(failure).message().doesNotContain("secret");
        assertThat(server.calls()).containsExactly("Upsert");
    }

    @Test
    void stoppedServer_isSaidAtOnceAndBackByItself() throws Exception {
        index.add(one());
        server.stop();
        assertThat(failure(() -> index.count(ALL)))
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("LECTERN_QDRANT_URL")
                .extracting(LecternException::code)
                .isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(failure(index::check).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(failure(store::check).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        server.restart();
        assertThat(index.count(ALL)).isOne();
        index.check();
        store.check();
    }

    @Test
    void connectionCutWhileAdding_losesNothingThatWasAcknowledged() throws Exception {
        index.add(one());
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> writer = threads.submit(this::addUntilInterrupted);
            for (int i = 0; i < 3; i++) {
                Thread.sleep(60);
                server.stop();
                server.restart();
            }
            Thread.sleep(60);
            threads.shutdownNow();
            int acknowledged = writer.get(10, TimeUnit.SECONDS);
            assertThat(acknowledged).isPositive();
            assertThat(index.count(ALL)).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    private int addUntilInterrupted() {
        int acknowledged = 0;
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            try {
                index.add(List.of(passage("p" + i, "cat")));
                acknowledged++;
            } catch (LecternException cut) {
                assertThat(cut.code().isRetryable()).isTrue();
            }
        }
        return acknowledged;
    }

    @Test
    @Timeout(60)
    void unanswered_endsWithTheDeadline() {
        index.add(one());
        server.misbehaviour().neverAnswer("Query");
        assertThat(failure(() -> index.dense(axis(0), ALL, 1, in(Duration.ofMillis(300))))
                        .code())
                .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        server.misbehaviour().neverAnswer("Upsert");
        assertThat(failure(() -> index.add(one())).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        server.misbehaviour().neverAnswer("Get");
        assertThat(failure(index::check).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void interruptedSearch_isGivenUpAndStaysInterrupted() {
        index.add(one());
        server.misbehaviour().neverAnswer("Query");
        Thread.currentThread().interrupt();
        LecternException failure = failure(() -> index.dense(axis(0), ALL, 1, in(Duration.ofSeconds(10))));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
    }

    @Test
    void limitedRate_saysWhenToTryAgain() {
        index.add(one());
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER), "7");
        server.misbehaviour().refuse("Count", 1, Status.RESOURCE_EXHAUSTED, trailers);
        LecternException failure = failure(() -> index.count(ALL));
        assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void wrongKey_isSaidAndNotShown() throws Exception {
        try (FakeQdrantServer locked = FakeQdrantServer.startWithKey("right-key");
                QdrantIndexStore wrong = QdrantStoreFixtures.open(
                        locked.url(), Secret.of("wrong-key"), QdrantStoreFixtures.settings("test"));
                QdrantIndexStore right = QdrantStoreFixtures.open(
                        locked.url(), Secret.of("right-key"), QdrantStoreFixtures.settings("test"))) {
            assertThat(failure(() -> wrong.open(FINGERPRINT).count(ALL)))
                    .hasMessageContaining("LECTERN_QDRANT_API_KEY")
                    .message()
                    .doesNotContain("wrong-key");
            assertThat(right.open(FINGERPRINT).count(ALL)).isZero();
        }
    }

    @Test
    void collectionGoneMeanwhile_isAFailureAndNotAnEmptyIndex() {
        index.add(one());
        store.discard(FINGERPRINT);
        assertThat(failure(() -> index.count(ALL))).hasMessageContaining("Restart Lectern");
        assertThat(failure(() -> index.add(one())).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(failure(index::check).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        assertThat(store.open(FINGERPRINT).count(ALL)).isZero();
    }

    @Test
    void noServer_opensAndFailsWithWhatToDo() {
        try (QdrantIndexStore nowhere =
                QdrantStoreFixtures.open("http://127.0.0.1:1", QdrantStoreFixtures.settings("test"))) {
            PassageIndex closed = nowhere.open(FINGERPRINT);
            assertThat(failure(closed::check)).hasMessageContaining("cannot be reached");
            assertThat(failure(() -> closed.add(one())).code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
        }
    }
}
