package dev.lectern.retrieval.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.ScriptedModel;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ModelQuestionRewriterTest {
    private static final List<String> EARLIER = List.of("How many days of annual leave do employees in Berlin get?");
    private static final String QUESTION = "And when do they expire?";

    private final ScriptedModel model = new ScriptedModel();
    private final Cancellation cancellation = new Cancellation();

    private RewrittenQuestion rewrite(String question) {
        Clock clock = Clock.systemUTC();
        return new ModelQuestionRewriter(model, "Rewrite.", Duration.ofSeconds(50), clock)
                .rewrite(
                        question,
                        EARLIER,
                        ModelCallContext.probe(),
                        cancellation,
                        Deadline.in(Duration.ofSeconds(55), clock));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock = """
            When do the days of annual leave of employees in Berlin expire?
            **When do annual leave days expire?**
            "When do annual leave days expire?"
            Question: When do annual leave days expire?
            expiry of annual leave days of employees in Berlin
            """)
    void rewrite_questionOrPhrase_isTakenWithoutWhatIsAroundIt(String written) {
        model.script = ScriptedModel.writes(written);
        assertThat(rewrite(QUESTION).standalone()).isSubstringOf(written).doesNotContain("*", "\"", "Question:");
        assertThat(rewrite(QUESTION).queries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Annual leave days expire on 31 March.",
                "The reader asks about leave. When do annual leave days expire?",
                "When do annual leave days expire?\nI replaced they by annual leave.",
                "When do annual leave days expire [1]?",
                "NOT_ANSWERED",
                "not\\_answered",
                "",
                "I cannot help with that request",
                "Sure, here is the improved search wording you wanted",
                "{\"question\": \"When do annual leave days expire?\"}",
                "<b>When do annual leave days expire?</b>"
            })
    void rewrite_anythingElse_leavesItToTheRule(String written) {
        model.script = ScriptedModel.writes(written);
        assertThat(rewrite(QUESTION)).isEqualTo(FollowUpRule.of(QUESTION, EARLIER));
    }

    @Test
    void rewrite_muchLongerOrShorterThanTheQuestion_leavesItToTheRule() {
        model.script = ScriptedModel.writes("annual leave days of employees in Berlin ".repeat(8));
        assertThat(rewrite(QUESTION)).isEqualTo(FollowUpRule.of(QUESTION, EARLIER));
        String detailed = "When do the days expire that employees in Berlin did not use in the year in which they got them?";
        model.script = ScriptedModel.writes("days expire?");
        assertThat(rewrite(detailed)).isEqualTo(FollowUpRule.of(detailed, EARLIER));
    }

    @Test
    void rewrite_requestThatIsNoQuestion_mayStayOne() {
        model.script = ScriptedModel.writes("Tell me more about the annual leave of employees in Berlin.");
        assertThat(rewrite("Tell me more.").standalone())
                .isEqualTo("Tell me more about the annual leave of employees in Berlin.");
    }

    @Test
    void rewrite_cutOff_leavesItToTheRule() {
        model.script = ScriptedModel.writes("When do annual leave days expire?");
        model.ending = Finish.LENGTH;
        assertThat(rewrite(QUESTION)).isEqualTo(FollowUpRule.of(QUESTION, EARLIER));
    }

    @Test
    void rewrite_directionMarksAndNul_areRemoved() {
        model.script = ScriptedModel.writes("When do \u202Eannual\u0000 leave days expire?");
        assertThat(rewrite(QUESTION).standalone()).isEqualTo("When do annual leave days expire?");
    }

    @Test
    void rewrite_stopped_endsTheCallAtOnce() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        model.script = (_, stop) -> {
            stop.onCancel(released::countDown);
            called.countDown();
            released.await();
        };
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                if (called.await(30, TimeUnit.SECONDS)) {
                    cancellation.cancel();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(rewrite(QUESTION)).isEqualTo(FollowUpRule.of(QUESTION, EARLIER));
        assertThat(model.cancelled).hasValue(1);
        stopper.join();
        model.last = null;
        rewrite(QUESTION);
        assertThat(model.last).as("a stopped turn calls no model").isNull();
    }
}
