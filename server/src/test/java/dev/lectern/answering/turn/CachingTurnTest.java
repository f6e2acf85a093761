package dev.lectern.answering.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Exchange;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.Samples;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.TestCacheFactory;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.Money;
import dev.lectern.shared.ReadableCollections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class CachingTurnTest {
    private static final CacheLimits LIMITS = new CacheLimits(true, Duration.ofMinutes(5), DataSize.ofMegabytes(1));
    private static final ReadableCollections ALL = new ReadableCollections(Set.of(CollectionId.DEFAULT));

    private final FakeLibrary library = new FakeLibrary();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final AtomicInteger taken = new AtomicInteger();
    private final Turn turn = caching(this::answered, "one");

    private Turn caching(Turn inner, String recipe) {
        return CachingTurn.around(
                inner, caches, LIMITS, library, library, () -> recipe, meters, InstantSource.system());
    }

    /** A turn that answers. */
    private End answered(Question question, StopSignal stop, Consumer<TurnEvent> events) {
        taken.incrementAndGet();
        events.accept(new Passages(Samples.RANKED.stream().map(FoundPassage::of).toList()));
        events.accept(new Delta("Employees receive "));
        events.accept(new Delta("28 days. [1]"));
        Answer answer = AnswersOf.cited(question.answer(), new TokenUsage(812, 34, new Money(1_500)));
        events.accept(new Citations(answer.citations(), answer.unsupported()));
        return new Finished(answer, true);
    }

    private static Question question(String id, String text, List<Exchange> history) {
        return new Question(new MessageId(id), text, history, ALL, new Deadline(Instant.MAX));
    }

    private Finished take(Turn by, Question question, Consumer<TurnEvent> events) {
        return (Finished) by.take(question, new StopSignal(), events);
    }

    @Test
    void take_again_givesTheSameAnswerAsEventsAndForNothing() {
        Answer first =
                take(turn, question("m1", "How many?", List.of()), _ -> {}).answer();
        List<TurnEvent> events = new ArrayList<>();
        Answer second =
                take(turn, question("m2", "How many?", List.of()), events::add).answer();

        assertThat(taken).hasValue(1);
        assertThat(first.cached()).isFalse();
        assertThat(first.timings().cache()).isNull();
        assertThat(second.cached()).isTrue();
        assertThat(second.id()).isEqualTo(new MessageId("m2"));
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.citations()).isEqualTo(first.citations());
        assertThat(second.model()).isEqualTo(first.model());
        assertThat(second.usage()).isEqualTo(new TokenUsage(0, 0, Money.ZERO));
        assertThat(second.timings().cache()).isNotNull();
        assertThat(second.timings().generate()).isNull();
        assertThat(events).hasExactlyElementsOfTypes(Passages.class, Delta.class, Citations.class);
        assertThat(((Passages) events.getFirst()).items())
                .isEqualTo(Samples.RANKED.stream().map(FoundPassage::of).toList());
        assertThat(meters.get("lectern.cache.saved").counter().count()).isEqualTo(0.0015);
        assertThat(meters.get("lectern.cache.saved.tokens")
                        .tag("kind", "input")
                        .counter()
                        .count())
                .isEqualTo(812);
    }

    @Test
    void known_onlyWhatIsKept_withoutATurn() {
        assertThat(turn.known(question("m1", "How many?", List.of()))).isEmpty();
        take(turn, question("m2", "How many?", List.of()), _ -> {});
        End known = turn.known(question("m3", "How many?", List.of())).orElseThrow();
        assertThat(known.answer().cached()).isTrue();
        assertThat(known.answer().id()).isEqualTo(new MessageId("m3"));
        assertThat(meters.get("lectern.cache.requests")
                        .tags("result", "miss")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void take_anotherConversationQuestionRecipeOrAccess_isAnotherAnswer() {
        take(turn, question("m", "How many?", List.of()), _ -> {});
        take(turn, question("m", "How many? ", List.of()), _ -> {});
        take(turn, question("m", "How many?", List.of(new Exchange("Before?", "Yes."))), _ -> {});
        take(turn, question("m", "How many?", List.of(new Exchange("Before?", ""))), _ -> {});
        take(caching(this::answered, "two"), question("m", "How many?", List.of()), _ -> {});
        ReadableCollections others = new ReadableCollections(Set.of(new CollectionId("other")));
        take(
                turn,
                new Question(new MessageId("m"), "How many?", List.of(), others, new Deadline(Instant.MAX)),
                _ -> {});
        assertThat(taken).hasValue(6);
    }

    @Test
    void take_afterAChange_isAnsweredAnew() {
        take(turn, question("m1", "How many?", List.of()), _ -> {});
        library.delete(Samples.AGREEMENT.document());
        take(turn, question("m2", "How many?", List.of()), _ -> {});
        assertThat(taken).hasValue(2);
    }

    @Test
    void take_askedAnew_isAnsweredAnewAndKept() {
        take(turn, question("m1", "How many?", List.of()), _ -> {});
        Question again =
                new Question(new MessageId("m2"), "How many?", List.of(), ALL, new Deadline(Instant.MAX), null, true);
        assertThat(take(turn, again, _ -> {}).answer().cached()).isFalse();
        assertThat(taken).hasValue(2);
        assertThat(take(turn, question("m3", "How many?", List.of()), _ -> {})
                        .answer()
                        .cached())
                .isTrue();
    }

    @Test
    void take_notRepeatable_isNotKept() {
        Turn abstaining = caching(
                (question, _, _) -> {
                    taken.incrementAndGet();
                    return new Finished(AnswersOf.cited(question.answer(), TokenUsage.NONE));
                },
                "abstaining");
        Turn failing = caching(
                (question, _, _) -> {
                    taken.incrementAndGet();
                    return new Failed(
                            ErrorCode.MODEL_FAILED, "No.", AnswersOf.cited(question.answer(), TokenUsage.NONE));
                },
                "failing");
        for (Turn each : List.of(abstaining, failing)) {
            each.take(question("m1", "How many?", List.of()), new StopSignal(), _ -> {});
            each.take(question("m2", "How many?", List.of()), new StopSignal(), _ -> {});
        }
        assertThat(taken).hasValue(4);
        Turn throwing = caching(
                (_, _, _) -> {
                    throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "Away.");
                },
                "throwing");
        assertThatThrownBy(() -> take(throwing, question("m", "How many?", List.of()), _ -> {}))
                .isInstanceOf(LecternException.class);
    }

    @Test
    void take_fiftyAtOnce_askTheModelOnce() throws Exception {
        Turn slow = caching(
                (question, stop, events) -> {
                    try {
                        Thread.sleep(100);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answered(question, stop, events);
                },
                "slow");
        List<Future<Finished>> ends = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String id = "m" + i;
                ends.add(threads.submit(() -> take(slow, question(id, "How many?", List.of()), _ -> {})));
            }
        }
        assertThat(taken).hasValue(1);
        int cached = 0;
        for (Future<Finished> end : ends) {
            cached += end.get().answer().cached() ? 1 : 0;
        }
        assertThat(cached).isEqualTo(49);
    }

    @Test
    void take_stoppedWhileAnotherAnswers_doesNotWait() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Turn waiting = caching(
                (question, stop, events) -> {
                    writing.countDown();
                    try {
                        if (!stop.isStopped()) {
                            go.await();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answered(question, stop, events);
                },
                "waiting");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Finished> first =
                    threads.submit(() -> take(waiting, question("m1", "How many?", List.of()), _ -> {}));
            writing.await();
            StopSignal stop = new StopSignal();
            Future<End> second =
                    threads.submit(() -> waiting.take(question("m2", "How many?", List.of()), stop, _ -> {}));
            stop.stop(StopSignal.Cause.STOPPED);
            assertThat(second.get()).isInstanceOf(Finished.class);
            assertThat(first.isDone()).isFalse();
            go.countDown();
            first.get();
        }
    }
}
