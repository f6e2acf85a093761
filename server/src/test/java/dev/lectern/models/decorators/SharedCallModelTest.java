package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.QuotaLimit;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of an embedding service that several documents share. Time passes only while somebody waits for the quota. */
class SharedCallModelTest {
    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final Service service = new Service();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        callers.shutdownNow();
    }

    /** A service with a quota of calls in each minute, which refuses texts with the word bad. */
    private final class Service implements EmbeddingModel {
        private final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();
        private volatile int maxTexts = 10;
        private volatile int maxCallTokens = Integer.MAX_VALUE;
        private volatile int quota = Integer.MAX_VALUE;
        private volatile CountDownLatch open = new CountDownLatch(0);
        private final AtomicInteger refused = new AtomicInteger();
        private long minute;
        private int callsOfMinute;

        @Override
        public EmbeddingReply embedPassages(List<String> passages, Deadline deadline) {
            assertThat(passages).hasSizeBetween(1, maxTexts);
            calls.add(passages);
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            count();
            if (passages.contains("bad")) {
                throw new ModelCallException(Reason.REQUEST_REJECTED, "A text was refused.", "Look.", null, null);
            }
            return new EmbeddingReply(
                    passages.stream().map(text -> new float[] {text.hashCode()}).toList(),
                    passages.stream().mapToLong(this::countTokens).sum(),
                    false);
        }

        private synchronized void count() {
            long of = Duration.between(START, clock.instant()).toMinutes();
            callsOfMinute = of == minute ? callsOfMinute + 1 : 1;
            minute = of;
            if (callsOfMinute > quota) {
                refused.incrementAndGet();
                Instant next = START.plus(Duration.ofMinutes(of + 1));
                throw new ModelCallException(
                        Reason.RATE_LIMITED,
                        "Too many.",
                        "Wait.",
                        Duration.between(clock.instant(), next),
                        new QuotaLimit(QuotaLimit.Kind.REQUESTS, next, quota),
                        null);
            }
        }

        @Override
        public EmbeddingReply embedQuestions(List<String> questions, Deadline deadline) {
            return embedPassages(questions, deadline);
        }

        @Override
        public EmbedderFingerprint fingerprint() {
            return new EmbedderFingerprint("model", 1, "", "", "cls", true);
        }

        @Override
        public Set<String> languages() {
            return Set.of("*");
        }

        @Override
        public int maxTokens() {
            return 100;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public int maxTexts() {
            return maxTexts;
        }

        @Override
        public int maxCallTokens() {
            return maxCallTokens;
        }

        @Override
        public boolean isRemote() {
            return true;
        }

        @Override
        public void close() {}
    }

    private SharedCallModel model(long callsPerMinute, long tokensPerMinute) {
        return new SharedCallModel(service, new CallPacer(callsPerMinute, tokensPerMinute, clock), this::pass, clock);
    }

    /** Waiting takes no time, but the clock shows afterwards that it was done. */
    private void pass(Instant until) {
        now.updateAndGet(time -> time.isAfter(until) ? time : until);
    }

    private Deadline deadline() {
        return Deadline.in(Duration.ofMinutes(5), clock);
    }

    /** 2,000 passages of 100 documents, twelve at a time, in calls of ten: 200 calls, of which 60 are allowed in a minute. */
    @ParameterizedTest
    @ValueSource(ints = {60, 0})
    void ingestion_withAQuotaOf60Calls_failsNothingAndTakesHardlyLongerThanItAllows(int configured) throws Exception {
        service.quota = 60;
        SharedCallModel model = model(configured, 0);
        Queue<Integer> documents = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            documents.add(i);
        }
        AtomicInteger embedded = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 12; worker++) {
            workers.add(callers.submit(() -> {
                for (Integer document = documents.poll(); document != null; document = documents.poll()) {
                    embedded.addAndGet(embedDocument(model, "document " + document));
                }
            }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        assertThat(embedded).hasValue(2_000);
        Duration allowed = Duration.ofMinutes(3);
        Duration took = Duration.between(START, clock.instant());
        assertThat(took).isBetween(allowed, allowed.multipliedBy(11).dividedBy(10));
        if (configured > 0) {
            assertThat(service.refused)
                    .as("refusals with a quota that is known")
                    .hasValue(0);
            assertThat(service.calls.size()).isBetween(200, 240);
        }
    }

    /** As the work on documents does: sixteen texts at a time, again after the time that a refusal names. */
    private int embedDocument(SharedCallModel model, String document) {
        int embedded = 0;
        for (int from = 0; from < 20; from += 10) {
            List<String> texts = new ArrayList<>();
            for (int i = from; i < from + 10; i++) {
                texts.add(document + " passage " + i);
            }
            while (true) {
                try {
                    List<float[]> vectors =
                            model.embedPassages(texts, deadline()).vectors();
                    for (int i = 0; i < texts.size(); i++) {
                        assertThat(vectors.get(i)[0]).isEqualTo(texts.get(i).hashCode());
                    }
                    embedded += vectors.size();
                    break;
                } catch (ModelCallException limited) {
                    pass(limited.quota().orElseThrow().notBefore());
                }
            }
        }
        return embedded;
    }

    /** Sends one passage each of several documents while the calls before them are held up. */
    private List<Future<EmbeddingReply>> sendWhileBusy(SharedCallModel model, List<String> texts) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        service.open = open;
        for (int i = 0; i < 4; i++) {
            String busy = "busy " + i;
            callers.execute(() -> model.embedPassages(List.of(busy), deadline()));
        }
        waitFor(() -> service.calls.size() == 4);
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        List<Future<EmbeddingReply>> replies = new ArrayList<>();
        for (String text : texts) {
            replies.add(callers.submit(() -> {
                threads.add(Thread.currentThread());
                return model.embedPassages(List.of(text), deadline());
            }));
            int begun = replies.size();
            waitFor(() -> threads.size() == begun
                    && List.copyOf(threads).stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING));
        }
        service.open = new CountDownLatch(0);
        open.countDown();
        return replies;
    }

    private interface Condition {
        boolean holds();
    }

    private static void waitFor(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void passagesOfSeveralDocuments_areOneCall() throws Exception {
        List<String> texts = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        List<Future<EmbeddingReply>> replies = sendWhileBusy(model(0, 0), texts);
        for (int i = 0; i < texts.size(); i++) {
            EmbeddingReply reply = replies.get(i).get();
            assertThat(reply.vectors().getFirst()[0]).isEqualTo(texts.get(i).hashCode());
            assertThat(reply.tokens()).isEqualTo(1);
        }
        assertThat(List.copyOf(service.calls).subList(4, service.calls.size())).containsExactly(texts);
    }

    @Test
    void textThatTheServiceRefuses_failsItsOwnDocumentOnly() throws Exception {
        List<Future<EmbeddingReply>> replies = sendWhileBusy(model(0, 0), List.of("a", "bad", "c"));
        assertThat(replies.get(0).get().vectors()).hasSize(1);
        assertThatThrownBy(() -> replies.get(1).get()).hasMessageContaining("A text was refused.");
        assertThat(replies.get(2).get().vectors()).hasSize(1);
    }

    @Test
    void tokensOfACall_areLimited() {
        service.maxCallTokens = 10;
        List<String> texts = List.of("four", "four", "four", "a text that has more tokens alone", "x");
        assertThat(model(0, 0).embedPassages(texts, deadline()).vectors()).hasSize(5);
        assertThat(service.calls)
                .containsExactly(texts.subList(0, 2), texts.subList(2, 3), texts.subList(3, 4), texts.subList(4, 5));
    }

    @Test
    void tokensOfAMinute_areLimited() {
        SharedCallModel model = model(0, 20);
        for (int i = 0; i < 5; i++) {
            model.embedPassages(List.of("ten tokens"), deadline());
        }
        assertThat(Duration.between(START, clock.instant())).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(121));
    }

    @Test
    void waitThatIsLongerThanTheDeadline_isARefusalWithTheTimeToWait() {
        SharedCallModel model = model(1, 0);
        model.embedPassages(List.of("first"), deadline());
        assertThatThrownBy(() -> model.embedPassages(List.of("second"), Deadline.in(Duration.ofSeconds(5), clock)))
                .isInstanceOfSatisfying(ModelCallException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
                    assertThat(refused.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
                });
        assertThat(service.calls).hasSize(1);
    }

    @Test
    void questions_doNotWait() {
        SharedCallModel model = model(1, 0);
        model.embedPassages(List.of("first"), deadline());
        model.embedQuestions(List.of("question"), deadline());
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(service.calls).hasSize(2);
    }
}
