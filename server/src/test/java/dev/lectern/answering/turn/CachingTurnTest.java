package dev.lectern.answering.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.answering.Answer;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.TestCacheFactory;
import dev.lectern.library.SearchFilter;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.Money;
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
    private static final ReadableCollections ALL = TestAccess.readable(Set.of(CollectionId.DEFAULT));

    private final FakeLibrary library = new FakeLibrary();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final AtomicInteger taken = new AtomicInteger();
    private final Turn turn = caching(this::answered, "one");

    private Turn caching(Turn inner, String configuration) {
        return CachingTurn.wrap(
                inner, caches, LIMITS, library, library, () -> configuration, meters, InstantSource.system());
    }

    /** A turn that answers. */
    private End answered(TurnRequest turnRequest, StopSignal stop, Consumer<TurnEvent> events) {
        taken.incrementAndGet();
        events.accept(new Passages(
                SamplePassages.RANKED.stream().map(FoundPassage::of).toList()));
        events.accept(new Delta("Employees receive "));
        events.accept(new Delta("28 days. [1]"));
        Answer answer = SampleAnswers.cited(turnRequest.answer(), new TokenUsage(812, 34, new Money(1_500)));
        events.accept(new Citations(answer.citations(), answer.unsupported()));
        return new Finished(answer, true);
    }

    private static TurnRequest question(String id, String text, List<PastExchange> history) {
        return new TurnRequest(
                new MessageId(id), text, history, ALL, new Deadline(Instant.MAX), ModelCallContext.probe());
    }

    private Finished run(Turn by, TurnRequest turnRequest, Consumer<TurnEvent> events) {
        return (Finished) by.run(turnRequest, new StopSignal(), events);
    }

    @Test
    void run_again_givesTheSameAnswerAsEventsAndForNothing() {
        Answer first =
                run(turn, question("m1", "How many?", List.of()), _ -> {}).answer();
        List<TurnEvent> events = new ArrayList<>();
        Answer second =
                run(turn, question("m2", "How many?", List.of()), events::add).answer();

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
                .isEqualTo(SamplePassages.RANKED.stream().map(FoundPassage::of).toList());
        assertThat(meters.get("lectern.cache.saved").counter().count()).isEqualTo(0.0015);
        assertThat(meters.get("lectern.cache.saved.tokens")
                        .tag("kind", "input")
                        .counter()
                        .count())
                .isEqualTo(812);
    }

    @Test
    void findCached_onlyWhatIsKept_withoutATurn() {
        assertThat(turn.findCached(question("m1", "How many?", List.of()))).isEmpty();
        run(turn, question("m2", "How many?", List.of()), _ -> {});
        End known = turn.findCached(question("m3", "How many?", List.of())).orElseThrow();
        assertThat(known.answer().cached()).isTrue();
        assertThat(known.answer().id()).isEqualTo(new MessageId("m3"));
        assertThat(meters.get("lectern.cache.requests")
                        .tags("result", "miss")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void run_anotherConversationQuestionRecipeOrAccess_isAnotherAnswer() {
        run(turn, question("m", "How many?", List.of()), _ -> {});
        run(turn, question("m", "How many? ", List.of()), _ -> {});
        run(turn, question("m", "How many?", List.of(new PastExchange("Before?", "Yes."))), _ -> {});
        run(turn, question("m", "How many?", List.of(new PastExchange("Before?", ""))), _ -> {});
        run(caching(this::answered, "two"), question("m", "How many?", List.of()), _ -> {});
        ReadableCollections others = TestAccess.readable(Set.of(new CollectionId("other")));
        run(
                turn,
                new TurnRequest(
                        new MessageId("m"),
                        "How many?",
                        List.of(),
                        others,
                        new Deadline(Instant.MAX),
                        ModelCallContext.probe()),
                _ -> {});
        assertThat(taken).hasValue(6);
        for (String tag : List.of("contract", "draft", "contract")) {
            run(turn, filtered(tag), _ -> {});
        }
        assertThat(taken).as("the same filter twice").hasValue(8);
    }

    private static TurnRequest filtered(String tag) {
        return new TurnRequest(
                new MessageId("m"),
                "How many?",
                List.of(),
                ALL,
                new Deadline(Instant.MAX),
                ModelCallContext.probe(),
                null,
                false,
                new SearchFilter(List.of(new SearchFilter.AnyOf("tags", Set.of(tag), Set.of(), Set.of()))));
    }

    @Test
    void run_afterAChange_isAnsweredAnew() {
        run(turn, question("m1", "How many?", List.of()), _ -> {});
        library.delete(SamplePassages.AGREEMENT.document());
        run(turn, question("m2", "How many?", List.of()), _ -> {});
        assertThat(taken).hasValue(2);
    }

    @Test
    void run_askedAnew_isAnsweredAnewAndKept() {
        run(turn, question("m1", "How many?", List.of()), _ -> {});
        TurnRequest again = new TurnRequest(
                new MessageId("m2"),
                "How many?",
                List.of(),
                ALL,
                new Deadline(Instant.MAX),
                ModelCallContext.probe(),
                null,
                true);
        assertThat(run(turn, again, _ -> {}).answer().cached()).isFalse();
        assertThat(taken).hasValue(2);
        assertThat(run(turn, question("m3", "How many?", List.of()), _ -> {})
                        .answer()
                        .cached())
                .isTrue();
    }

    @Test
    void run_notRepeatable_isNotKept() {
        Turn abstaining = caching(
                (turnRequest, _, _) -> {
                    taken.incrementAndGet();
                    return new Finished(SampleAnswers.cited(turnRequest.answer(), TokenUsage.NONE));
                },
                "abstaining");
        Turn failing = caching(
                (turnRequest, _, _) -> {
                    taken.incrementAndGet();
                    return new Failed(
                            ErrorCode.MODEL_FAILED, "No.", SampleAnswers.cited(turnRequest.answer(), TokenUsage.NONE));
                },
                "failing");
        for (Turn each : List.of(abstaining, failing)) {
            each.run(question("m1", "How many?", List.of()), new StopSignal(), _ -> {});
            each.run(question("m2", "How many?", List.of()), new StopSignal(), _ -> {});
        }
        assertThat(taken).hasValue(4);
        Turn throwing = caching(
                (_, _, _) -> {
                    throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "Away.");
                },
                "throwing");
        assertThatThrownBy(() -> run(throwing, question("m", "How many?", List.of()), _ -> {}))
                .isInstanceOf(LecternException.class);
    }

    @Test
    void run_fiftyAtOnce_askTheModelOnce() throws Exception {
        Turn slow = caching(
                (turnRequest, stop, events) -> {
                    try {
                        Thread.sleep(100);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answered(turnRequest, stop, events);
                },
                "slow");
        List<Future<Finished>> ends = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String id = "m" + i;
                ends.add(threads.submit(() -> run(slow, question(id, "How many?", List.of()), _ -> {})));
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
    void run_stoppedWhileAnotherAnswers_doesNotWait() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Turn waiting = caching(
                (turnRequest, stop, events) -> {
                    writing.countDown();
                    try {
                        if (!stop.isStopped()) {
                            go.await();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answered(turnRequest, stop, events);
                },
                "waiting");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Finished> first =
                    threads.submit(() -> run(waiting, question("m1", "How many?", List.of()), _ -> {}));
            writing.await();
            StopSignal stop = new StopSignal();
            Future<End> second =
                    threads.submit(() -> waiting.run(question("m2", "How many?", List.of()), stop, _ -> {}));
            stop.stop(StopSignal.Cause.STOPPED);
            assertThat(second.get()).isInstanceOf(Finished.class);
            assertThat(first.isDone()).isFalse();
            go.countDown();
            first.get();
        }
    }
}
