package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageEntry.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecoratorsTest {
    private static final ModelCallContext CONTEXT =
            new ModelCallContext(Purpose.ANSWER, new Caller.Visitor("anna"), new ConversationId("c1"), null);
    private static final InstantSource CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1), CLOCK);
    private static final ModelCallProperties LIMITS =
            new ModelCallProperties(1, Duration.ofMillis(50), 3, Duration.ofMillis(500), Duration.ofSeconds(8));

    private final List<Duration> pauses = new ArrayList<>();
    private final ModelCallRetrier modelCallRetrier = new ModelCallRetrier(LIMITS, CLOCK, new Random(1), pauses::add);
    private final RecordedUsage ledger = new RecordedUsage();
    private final StringBuilder heard = new StringBuilder();

    /** Does one scripted thing at each call: a text is written, a failure thrown. */
    private static final class Scripted implements ChatModel {
        private final String name;
        private final Queue<Object> script;
        private int calls;
        private @Nullable Deadline firstTextBy;

        Scripted(String name, Object... script) {
            this.name = name;
            this.script = new ArrayDeque<>(List.of(script));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int maxInputTokens() {
            return name.length() * 100;
        }

        @Override
        public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation stop, Deadline deadline) {
            calls++;
            firstTextBy = request.firstTextBy();
            Object next = script.remove();
            if (next instanceof LecternException failure) {
                throw failure;
            }
            if (next instanceof ChatReply reply) {
                onText.accept(reply.text());
                return reply;
            }
            onText.accept(next.toString());
            if (script.peek() instanceof Midway midway) {
                throw midway.failure();
            }
            return new ChatReply(next.toString(), Finish.COMPLETE, name, 11, 7);
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return name;
        }
    }

    /** Fails after the text before it was written. */
    private record Midway(LecternException failure) {}

    private static LecternException unavailable() {
        return new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Not now.");
    }

    private ChatReply write(ChatModel model) {
        var request = new ChatRequest(CONTEXT, "System", List.of(new Message(Role.READER, "Hello")), 10);
        return model.write(request, heard::append, new Cancellation(), SOON);
    }

    @Test
    void retry_unavailableTwice_succeedsAtTheThirdAttemptWithGrowingPauses() {
        var model = new Scripted("m", unavailable(), unavailable(), "Hello");
        assertThat(write(new RetryingChatModel(model, modelCallRetrier)).text()).isEqualTo("Hello");
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofMillis(500));
        assertThat(pauses.get(1)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void retry_alwaysUnavailable_givesUpAfterTheConfiguredAttempts() {
        var model = new Scripted("m", unavailable(), unavailable(), unavailable(), "Never");
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new RetryingChatModel(model, modelCallRetrier)));
        assertThat(model.calls).isEqualTo(3);
    }

    @Test
    void retry_wrongKey_isNotTriedAgain() {
        var model = new Scripted("m", new LecternException(ErrorCode.MODEL_FAILED, "Wrong key."), "Never");
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new RetryingChatModel(model, modelCallRetrier)));
        assertThat(model.calls).isEqualTo(1);
    }

    @Test
    void retry_failureAfterTheFirstWord_isNotTriedAgain() {
        var model = new Scripted("m", "Half", new Midway(unavailable()));
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new RetryingChatModel(model, modelCallRetrier)));
        assertThat(model.calls).isEqualTo(1);
        assertThat(heard).hasToString("Half");
    }

    @Test
    void retry_serviceAsksForALongPause_isNotWaitedFor() {
        var model = new Scripted(
                "m",
                LecternException.withRetryAfter(ErrorCode.MODEL_UNAVAILABLE, "Later.", Duration.ofMinutes(10)),
                "Never");
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new RetryingChatModel(model, modelCallRetrier)));
        assertThat(pauses).isEmpty();
    }

    @Test
    void fallback_firstFails_secondAnswersAndIsNamed() {
        var first = new Scripted("first", new LecternException(ErrorCode.MODEL_FAILED, "Wrong key."));
        ChatReply reply = write(fallback(first, new Scripted("second", "Hello")));
        assertThat(reply.model()).isEqualTo("second");
        assertThat(reply.fallback()).isEqualTo(new ModelFallback("first", "model_failed"));
    }

    @Test
    void fallback_firstFailsAfterItsFirstWord_isNotMixedWithAnother() {
        var second = new Scripted("second", "Never");
        var chain = fallback(new Scripted("first", "Half", new Midway(unavailable())), second);
        assertThatExceptionOfType(LecternException.class).isThrownBy(() -> write(chain));
        assertThat(second.calls).isZero();
        assertThat(heard).hasToString("Half");
    }

    private static ChatModel fallback(ChatModel... models) {
        return new FallbackChatModel(List.of(models), CLOCK);
    }

    @Test
    void fallback_firstWritesNothing_secondAnswersAndAllTokensCount() {
        ChatReply cut = new ChatReply(" \n", Finish.LENGTH, "first", 11, 40, false, 40, null, null);
        ChatReply reply = write(fallback(new Scripted("first", cut), new Scripted("second", "Hello")));
        assertThat(heard.toString().strip()).isEqualTo("Hello");
        assertThat(reply.fallback()).isEqualTo(new ModelFallback("first", ModelFallback.LENGTH));
        assertThat(reply.inputTokens()).isEqualTo(22);
        assertThat(reply.outputTokens()).isEqualTo(47);
        assertThat(reply.thinkingTokens()).isEqualTo(40);
    }

    @Test
    void fallback_firstIsTooSlow_secondAnswersAndPaidTokensCount() {
        ChatReply thoughts = new ChatReply("", Finish.OTHER, "first", 11, 5, true, 5, null, null);
        var slow = new ModelCallException(Reason.FIRST_TOKEN_TIMEOUT, "Slow.", "Wait.", null, null).withReceived(thoughts);
        ChatModel metered = new MeteredChatModel(new Scripted("first", slow), ledger, CLOCK);
        ChatReply reply = write(
                fallback(new RetryingChatModel(metered, modelCallRetrier), new Scripted("second", "Hello")));
        assertThat(reply.text()).isEqualTo("Hello");
        assertThat(reply.fallback()).isEqualTo(new ModelFallback("first", ModelFallback.DEADLINE));
        assertThat(reply.outputTokens()).isEqualTo(12);
        assertThat(pauses).as("a model that was too slow is not asked again").isEmpty();
        assertThat(ledger.entries).extracting(UsageEntry::outputTokens).containsExactly(5L);
    }

    @Test
    void fallback_eachModelButTheLast_hasItsShareOfTheTimeToBeginIn() {
        var first = new Scripted("first", unavailable());
        var second = new Scripted("second", unavailable());
        var third = new Scripted("third", "Hello");
        write(fallback(first, second, third));
        assertThat(first.firstTextBy).isEqualTo(Deadline.in(Duration.ofSeconds(20), CLOCK));
        assertThat(second.firstTextBy).isEqualTo(Deadline.in(Duration.ofSeconds(30), CLOCK));
        assertThat(third.firstTextBy).isNull();
    }

    @Test
    void fallback_lastWritesNothing_isItsReply() {
        ChatReply empty = new ChatReply("", Finish.FILTERED, "only", 11, 0);
        assertThat(write(fallback(new Scripted("first", unavailable()), new Scripted("only", empty))).finish())
                .isEqualTo(Finish.FILTERED);
    }

    @Test
    void fallback_promptMustFitTheSmallest() {
        assertThat(fallback(new Scripted("large one"), new Scripted("tiny")).maxInputTokens())
                .isEqualTo(400);
    }

    @Test
    void metering_everyOutcomeIsWrittenDown() {
        write(new MeteredChatModel(new Scripted("m", "Hello"), ledger, CLOCK));
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new MeteredChatModel(
                        new Scripted("m", "Half a reply", new Midway(unavailable())), ledger, CLOCK)));
        assertThat(ledger.entries)
                .extracting(
                        UsageEntry::outcome, UsageEntry::inputTokens, UsageEntry::outputTokens, UsageEntry::estimated)
                .containsExactly(tuple(Outcome.DONE, 11L, 7L, false), tuple(Outcome.FAILED, 4L, 3L, true));
        assertThat(ledger.entries).extracting(UsageEntry::context).containsOnly(CONTEXT);
        assertThat(ledger.entries).extracting(UsageEntry::calls).containsOnly(1);
    }

    @Test
    void metering_thoughtsAndAnsweringModel_areWrittenDown() {
        ChatReply routed = new ChatReply("Yes", Finish.COMPLETE, "m", 11, 40, false, 33, "m-other", null);
        write(new MeteredChatModel(new Scripted("m", routed), ledger, CLOCK));
        assertThat(ledger.entries)
                .extracting(UsageEntry::outputTokens, UsageEntry::thinkingTokens, UsageEntry::answeringModel)
                .containsExactly(tuple(40L, 33L, "m-other"));
    }

    @Test
    void metering_retriedCall_isWrittenDownForEachAttempt() {
        ChatModel metered = new MeteredChatModel(new Scripted("m", unavailable(), "Hello"), ledger, CLOCK);
        write(new RetryingChatModel(metered, modelCallRetrier));
        assertThat(ledger.entries)
                .extracting(UsageEntry::outcome, UsageEntry::inputTokens)
                .containsExactly(tuple(Outcome.FAILED, 0L), tuple(Outcome.DONE, 11L));
    }

    @Test
    void metering_whatTheServiceNeverReceived_isNotWrittenDown() {
        var unreachable = new LecternException(
                ErrorCode.MODEL_UNAVAILABLE, "Not there.", new IOException("failed", new ConnectException("refused")));
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(new MeteredChatModel(new Scripted("m", unreachable), ledger, CLOCK)));
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        var never = new Scripted("m", "Never");
        ChatReply reply = new MeteredChatModel(never, ledger, CLOCK)
                .write(new ChatRequest(CONTEXT, "", List.of(), 1), heard::append, cancelled, SOON);
        assertThat(reply.finish()).isEqualTo(Finish.CANCELLED);
        assertThat(never.calls).isZero();
        assertThat(ledger.entries).isEmpty();
    }

    @Test
    void limit_allPlacesTaken_refusesWithRetryAfter() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var slow = new Scripted("m", "one", "two");
        ChatModel limited = new ConcurrencyLimitedChatModel(slow, LIMITS, CLOCK);
        Thread first = Thread.ofVirtual()
                .start(() -> limited.write(
                        new ChatRequest(CONTEXT, "", List.of(), 1),
                        text -> {
                            inside.countDown();
                            awaitUninterruptibly(release);
                        },
                        new Cancellation(),
                        SOON));
        inside.await();
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> write(limited))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED))
                .satisfies(e -> assertThat(e.retryAfter()).isPresent());
        release.countDown();
        first.join();
        assertThat(write(limited).text()).isEqualTo("two");
    }

    @Test
    void nesting_isVisible() {
        ChatModel model = new RetryingChatModel(
                new ConcurrencyLimitedChatModel(new MeteredChatModel(new Scripted("m"), ledger, CLOCK), LIMITS, CLOCK),
                modelCallRetrier);
        assertThat(model).hasToString("Retrying[Limited[Metered[m]]]");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
