package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.Truncation;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.Incomplete;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.ModelFallback;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelAnswerWriterTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScriptedModel model = new ScriptedModel();
    private final FakeQuoter quoter = new FakeQuoter();
    private final Cancellation cancellation = new Cancellation();
    private final StringBuilder shown = new StringBuilder();
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void stop() {
        testIsOver.countDown();
        executor.shutdownNow();
    }

    @Test
    void write_citedText_hasSpansInItsPassages() {
        Text text = (Text) write();
        assertThat(text.text()).isEqualTo("Employees receive 28 days of annual leave each year. [1]");
        assertThat(text.cited()).hasSize(1);
        CitedPassage cited = text.cited().getFirst();
        assertThat(cited.passage()
                        .text()
                        .substring(cited.span().start(), cited.span().end()))
                .isEqualTo("Employees receive 28 days of annual leave each year.");
        assertThat(text.usage().inputTokens()).isEqualTo(812);
    }

    @Test
    void write_unknownMarkersHtmlAndImages_doNotGetThrough() {
        model.script =
                ScriptedModel.writes("28 days [1", "7][", "1]. <im", "g src=http://evil/> ![x](http://evil/?q) [99]");
        Text text = (Text) write();
        assertThat(text.text()).isEqualTo("28 days[1]. \\<img src=http://evil/> ! [x](http://evil/?q)");
        assertThat(text.cited()).extracting(CitedPassage::number).containsExactly(1);
        assertThat(shown.toString()).isEqualTo(text.text());
    }

    @Test
    void write_signForNotAnswered_isNeverShown() {
        for (String sign : List.of(
                "NOT_ANSWERED",
                " **NOT_ANSWERED**",
                "\"NOT_ANSWERED.\"\n",
                "not_answered",
                "NOT\\_ANSWERED",
                "Not answered.",
                "NOT-ANSWERED",
                "<NOT_ANSWERED>",
                "```\nNOT_ANSWERED\n```",
                "> NOT_ANSWERED",
                "NOT_ANSWERED. The passages are about something else [1].",
                "The passages do not say that. NOT_ANSWERED",
                "Leider steht das nicht in den Texten.\n\n**NOT_ANSWERED**")) {
            model.script = (onText, _) -> sign.chars().forEach(c -> onText.accept(Character.toString(c)));
            assertThat(write()).as(sign).isInstanceOf(NotAnswered.class);
            model.script = ScriptedModel.writes(sign);
            assertThat(write()).as(sign).isInstanceOf(NotAnswered.class);
            assertThat(shown).isEmpty();
        }
    }

    @Test
    void write_signBehindAnAnswer_isRemovedIfTheAnswerCites() {
        model.script = ScriptedModel.writes("Employees receive 28 days. [1]\n\nNOT", "_ANSW", "ERED.");
        assertThat(((Text) write()).text()).isEqualTo("Employees receive 28 days. [1]");
        model.script = ScriptedModel.writes("Leave is a nice thing. NOT_ANSWERED");
        assertThat(write()).isInstanceOf(NotAnswered.class);
        model.script = ScriptedModel.writes("Lectern writes NOT_ANSWERED then. [1]");
        assertThat(((Text) write()).text()).isEqualTo("Lectern writes NOT_ANSWERED then. [1]");
    }

    @Test
    void write_answerInAFence_keepsItsCitations() {
        String answer = "Employees receive 28 days. [1]\n\n```sql\nSELECT a[1]\n```\nThat is all. [1]";
        for (String fenced : List.of("```\n" + answer + "\n```", "```markdown\n" + answer + "\n```\n")) {
            model.script = (onText, _) -> fenced.chars().forEach(c -> onText.accept(Character.toString(c)));
            Text text = (Text) write();
            assertThat(text.text().strip()).isEqualTo(answer);
            assertThat(text.cited()).extracting(CitedPassage::number).containsExactly(1);
        }
        model.script = ScriptedModel.writes("```sql\nSELECT 1\n```\nIt counts. [1]");
        assertThat(((Text) write()).text()).startsWith("```sql\n");
    }

    @Test
    void write_nulAndDirectionMarks_areRemoved() {
        model.script = ScriptedModel.writes("28\u0000 days\u202E a year\u2066. [1]");
        assertThat(((Text) write()).text()).isEqualTo("28 days a year. [1]");
    }

    @Test
    void write_beginsLikeTheSign_isShown() {
        model.script = ScriptedModel.writes("NOT", " all of them. [1]");
        assertThat(((Text) write()).text()).isEqualTo("NOT all of them. [1]");
    }

    @Test
    void write_megabytes_areCutOffAndTheModelIsStopped() {
        model.script = (onText, cancelled) -> {
            while (!cancelled.isCancelled()) {
                onText.accept("word ".repeat(1_000));
            }
        };
        Text text = (Text) write();
        assertThat(text.text()).hasSize(10_000 + 2).endsWith(" …");
        assertThat(text.truncated()).isEqualTo(Truncation.TOO_LONG);
        assertThat(text.isAsConfigured()).isFalse();
    }

    @Test
    void write_throwsMidway_keepsWhatWasWritten() {
        model.script = (onText, _) -> {
            onText.accept("Employees receive 28 days. [1] And");
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        Incomplete incomplete = (Incomplete) write();
        assertThat(incomplete.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
        assertThat(incomplete.text()).isEqualTo("Employees receive 28 days. [1] And");
        assertThat(incomplete.cited()).hasSize(1);
        assertThat(incomplete.usage().inputTokens())
                .as("estimated, as in the ledger")
                .isPositive();
        assertThat(incomplete.usage().outputTokens()).isPositive();
    }

    @Test
    void write_stalledMidway_isAnAnswerThatIsCutOff() {
        model.script = (onText, _) -> {
            onText.accept("Employees receive 28 days. [1] And");
            throw new ModelCallException(Reason.STREAM_STALLED, "It stopped.", "Check it.", null, null);
        };
        Text text = (Text) write();
        assertThat(text.truncated()).isEqualTo(Truncation.DEADLINE);
        assertThat(text.cited()).hasSize(1);
    }

    @Test
    void write_endedEarly_saysWhyItIsCutOff() {
        Map<Finish, Truncation> expected = Map.of(
                Finish.LENGTH, Truncation.LENGTH,
                Finish.FILTERED, Truncation.FILTER,
                Finish.OTHER, Truncation.OTHER);
        expected.forEach((finish, truncated) -> {
            model.ending = finish;
            Text text = (Text) write();
            assertThat(text.truncated()).isEqualTo(truncated);
            assertThat(text.isAsConfigured()).isFalse();
        });
        model.ending = Finish.COMPLETE;
        assertThat(((Text) write()).truncated()).isNull();
        assertThat(((Text) write()).isAsConfigured()).isTrue();
    }

    @Test
    void write_endedBeforeItsFirstWord_saysWhy() {
        model.script = ScriptedModel.writes();
        model.ending = Finish.FILTERED;
        assertThat(((Incomplete) write()).fallbackReason()).isEqualTo("filter");
        model.ending = Finish.LENGTH;
        assertThat(((Incomplete) write()).fallbackReason()).isEqualTo("length");
        model.ending = Finish.COMPLETE;
        assertThat(((Incomplete) write()).fallbackReason()).isEqualTo("model_failed");
    }

    @Test
    void write_throwsSomethingElse_isAModelThatFailedAndItsWordsStayInside() {
        model.script = (_, _) -> {
            throw new IllegalStateException("key=secret");
        };
        Incomplete incomplete = (Incomplete) write();
        assertThat(incomplete.code()).isEqualTo(ErrorCode.MODEL_FAILED);
        assertThat(Objects.requireNonNull(incomplete.failure()).getMessage()).doesNotContain("secret");
    }

    @Test
    void write_nothing_isAModelThatFailed() {
        model.script = ScriptedModel.writes("  \n");
        assertThat(((Incomplete) write()).code()).isEqualTo(ErrorCode.MODEL_FAILED);
    }

    @Test
    void write_hangsAndIgnoresItsDeadline_isLeftAlone() {
        model.script = (onText, _) -> {
            onText.accept("Half. [1]");
            sleepDeaf();
            onText.accept("late");
        };
        Text text = (Text) write(Duration.ofMillis(200));
        assertThat(text.truncated()).isEqualTo(Truncation.DEADLINE);
        assertThat(text.text()).isEqualTo("Half. [1]");
        assertThat(text.cited()).hasSize(1);
    }

    @Test
    void write_silentUntilItsDeadline_fails() {
        model.script = (_, _) -> sleepDeaf();
        Incomplete incomplete = (Incomplete) write(Duration.ofMillis(200));
        assertThat(incomplete.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void write_cancelledWhileItHangs_endsWithWhatWasWritten() {
        CountDownLatch begun = new CountDownLatch(1);
        model.script = (onText, _) -> {
            onText.accept("Half. [1]");
            begun.countDown();
            sleepDeaf();
        };
        executor.execute(() -> {
            try {
                begun.await();
                cancellation.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Incomplete incomplete = (Incomplete) write();
        assertThat(incomplete.code()).isNull();
        assertThat(incomplete.text()).isEqualTo("Half. [1]");
    }

    @Test
    void write_cancelled_stopsAModelThatListens() {
        cancellation.cancel();
        model.script = ScriptedModel.pausing("", new CountDownLatch(1), "never");
        assertThat(((Incomplete) write()).code()).isNull();
        assertThat(model.cancelled.get()).isOne();
    }

    @Test
    void fallback_modelUnavailable_quotes() {
        model.script = (_, _) -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        AnswerWriter answerWriter = AnswerWriterFixture.callingOrQuoting(model, quoter, executor);
        Text text = (Text) answerWriter.write(task(Duration.ofSeconds(60)), shown::append);
        assertThat(text.model()).isEqualTo("extractive");
        assertThat(text.text()).isEqualTo("Employees receive 28 days of annual leave each year. [1]");
        assertThat(text.fallback()).isEqualTo(new ModelFallback("scripted:one", "model_unavailable"));
        quoter.outcome = new QuoteOutcome.NothingFits(0.1);
        NotAnswered none = (NotAnswered) answerWriter.write(task(Duration.ofSeconds(60)), shown::append);
        assertThat(none.fallback()).as("an abstention, too").isEqualTo(text.fallback());
    }

    @Test
    void fallback_everyFailureBeforeTheFirstWord_hasItsReason() {
        AnswerWriter answerWriter = AnswerWriterFixture.callingOrQuoting(model, quoter, executor);
        Map<LecternException, String> expected = Map.of(
                new LecternException(ErrorCode.MODEL_FAILED, "Wrong key."), "model_failed",
                new LecternException(ErrorCode.OVERLOADED, "Busy."), "overloaded",
                new ModelCallException(Reason.RATE_LIMITED, "Slow down.", "Wait.", null, null), "rate_limited",
                new ModelCallException(Reason.SERVICE_FAILED, "Down.", "Wait.", null, null), "model_unavailable",
                new ModelCallException(Reason.DEADLINE, "Slow.", "Wait.", null, null), "deadline");
        expected.forEach((failure, reason) -> {
            model.script = (_, _) -> {
                throw failure;
            };
            Text text = (Text) answerWriter.write(task(Duration.ofSeconds(60)), shown::append);
            assertThat(text.fallback()).isEqualTo(new ModelFallback("scripted:one", reason));
        });
    }

    @Test
    void fallback_silentUntilTheDeadline_leavesTimeForQuotes() {
        WriteRequest whole = task(Duration.ofMinutes(2));
        AnswerWriter silent = (request, _) -> {
            assertThat(request.deadline().at()).isBefore(whole.deadline().at().minusSeconds(4));
            ModelCallException late = new ModelCallException(Reason.DEADLINE, "Slow.", "Wait.", null, null);
            return new Incomplete("", List.of(), "scripted:one", TokenUsage.NONE, late, ModelFallback.reasonOf(late));
        };
        AnswerWriter answerWriter = new FallbackAnswerWriter(
                silent,
                "scripted:one",
                (request, onText) -> {
                    assertThat(request.deadline()).isEqualTo(whole.deadline());
                    return new QuotingAnswerWriter(quoter).write(request, onText);
                },
                Clock.systemUTC());
        Text text = (Text) answerWriter.write(whole, shown::append);
        assertThat(text.fallback()).isEqualTo(new ModelFallback("scripted:one", "deadline"));
    }

    @Test
    void fallback_textHasBegun_staysBroken() {
        model.script = (onText, _) -> {
            onText.accept("Employees ");
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        AnswerWriter answerWriter = AnswerWriterFixture.callingOrQuoting(model, quoter, executor);
        assertThat(answerWriter.write(task(Duration.ofSeconds(60)), shown::append))
                .isInstanceOf(Incomplete.class);
    }

    private WriteResult write() {
        return write(Duration.ofSeconds(60));
    }

    private WriteResult write(Duration time) {
        shown.setLength(0);
        return writer().write(task(time), shown::append);
    }

    private AnswerWriter writer() {
        return new ModelAnswerWriter(model, new PromptBuilder(4_000, 500), 10_000, executor, Clock.systemUTC());
    }

    private WriteRequest task(Duration time) {
        List<NumberedPassage> passages = List.of(
                new NumberedPassage(1, SamplePassages.RANKED.get(0)),
                new NumberedPassage(2, SamplePassages.RANKED.get(1)));
        return new WriteRequest(
                "How many?",
                "How many?",
                List.of(),
                passages,
                false,
                cancellation,
                Deadline.in(time, Clock.systemUTC()),
                ModelCallContext.probe(),
                _ -> {});
    }

    /** Hangs until the test is over, like a client library that swallows interrupts. */
    private void sleepDeaf() {
        boolean over = false;
        while (!over) {
            try {
                over = testIsOver.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
                // deaf on purpose
            }
        }
    }
}
