package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Money;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageEntry.Outcome;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerEmbedderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1), CLOCK);
    private static final Caller ANNA = new Caller.Visitor("anna");
    private static final ModelCallContext QUESTION = ModelCallContext.of(Purpose.EMBED_QUESTION, ANNA);
    private static final ModelCallContext JOB =
            new ModelCallContext(Purpose.EMBED_PASSAGE, ANNA, null, new JobId("j1"));
    private static final ModelCallProperties LIMITS =
            new ModelCallProperties(1, Duration.ofMillis(50), 3, Duration.ofMillis(500), Duration.ofSeconds(8));

    private final RecordedUsage ledger = new RecordedUsage();
    private final Queue<LecternException> failures = new ArrayDeque<>();

    /** Counts a token for each character and accepts three texts. */
    private final class Model implements EmbeddingModel {
        private final boolean remote;

        Model(boolean remote) {
            this.remote = remote;
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
            return 3;
        }

        @Override
        public boolean isRemote() {
            return remote;
        }

        @Override
        public EmbeddingReply embedQuestions(List<String> questions, Deadline deadline) {
            return embedPassages(questions, deadline);
        }

        @Override
        public EmbeddingReply embedPassages(List<String> passages, Deadline deadline) {
            assertThat(passages).hasSizeLessThanOrEqualTo(maxTexts());
            LecternException failure = failures.poll();
            if (failure != null && !String.valueOf(failure.getMessage()).isEmpty()) {
                throw failure;
            }
            return new EmbeddingReply(
                    passages.stream().map(text -> new float[] {text.length()}).toList(),
                    passages.stream().mapToLong(String::length).sum(),
                    false);
        }

        @Override
        public void close() {}
    }

    private static LecternException unavailable() {
        return new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Not now.");
    }

    private static LecternException succeeds() {
        return new LecternException(ErrorCode.MODEL_UNAVAILABLE, "");
    }

    private Embedder embedder(boolean remote) {
        return new LedgerEmbedder("openai:model", new Model(remote), ledger, CLOCK);
    }

    @Test
    void remoteCalls_leaveOneEntryEach_andAFailedBatchAloneIsRepeated() {
        failures.addAll(List.of(succeeds(), unavailable()));
        ModelCallRetrier retrier = new ModelCallRetrier(LIMITS, CLOCK, new Random(1), pause -> {});
        Embedder embedder = new BatchingEmbedder(new RetryingEmbedder(embedder(true), retrier), 3);
        assertThat(embedder.embedPassages(Collections.nCopies(7, "ab"), JOB, SOON))
                .hasSize(7);
        assertThat(ledger.entries)
                .extracting(UsageEntry::outcome, UsageEntry::calls, UsageEntry::texts, UsageEntry::inputTokens)
                .containsExactly(
                        tuple(Outcome.DONE, 1, 3L, 6L),
                        tuple(Outcome.FAILED, 1, 3L, 0L),
                        tuple(Outcome.DONE, 1, 3L, 6L),
                        tuple(Outcome.DONE, 1, 1L, 2L));
        assertThat(ledger.entries).extracting(UsageEntry::context).containsOnly(JOB);
        assertThat(ledger.entries).extracting(UsageEntry::model).containsOnly("openai:model");
        assertThat(ledger.entries)
                .as("the price of a service is not known")
                .extracting(UsageEntry::cost)
                .containsOnlyNulls();
        assertThat(ledger.ofJobs).isEmpty();
    }

    @Test
    void callsInThisProcess_leaveOneEntryForAQuestion_andAreSummedUpForAJob() {
        embedder(false).embedQuestions(List.of("as asked", "rewritten"), QUESTION, SOON);
        embedder(false).embedPassages(List.of("ab"), JOB, SOON);
        assertThat(ledger.entries)
                .extracting(UsageEntry::context, UsageEntry::texts, UsageEntry::cost)
                .containsExactly(tuple(QUESTION, 2L, Money.ZERO));
        assertThat(ledger.ofJobs)
                .extracting(UsageEntry::context, UsageEntry::texts, UsageEntry::cost)
                .containsExactly(tuple(JOB, 1L, Money.ZERO));
    }

    @Test
    void remoteCall_thatFoundNoConnection_leavesNothing() {
        failures.add(new LecternException(
                ErrorCode.MODEL_UNAVAILABLE, "Not there.", new HttpConnectTimeoutException("connect")));
        assertThatThrownBy(() -> embedder(true).embedQuestion("q", QUESTION, SOON))
                .isInstanceOf(LecternException.class);
        assertThat(ledger.entries).isEmpty();
    }

    @Test
    void extractiveAnswer_leavesAnEntryWithoutCallAndCost() {
        new LedgerQuoter((question, passages, weak, context, deadline) -> new NothingFits(0), ledger, CLOCK)
                .quote("q", List.of(), false, QUESTION, SOON);
        assertThat(ledger.entries)
                .extracting(UsageEntry::model, UsageEntry::context, UsageEntry::calls, UsageEntry::cost)
                .containsExactly(tuple("extractive", QUESTION.forStep(Purpose.ANSWER), 0, Money.ZERO));
    }

    @Test
    void evaluation_keepsItsPurposeInEveryStep() {
        ModelCallContext evaluation = ModelCallContext.of(Purpose.EVALUATION, ANNA);
        assertThat(evaluation.forStep(Purpose.REWRITE)).isEqualTo(evaluation);
        assertThat(QUESTION.forStep(Purpose.REWRITE).purpose()).isEqualTo(Purpose.REWRITE);
    }
}
