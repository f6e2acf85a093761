package dev.lectern.answering.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestRun;
import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.shared.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnStateTest {
    private static final MessageId ID = new MessageId("m");
    private static final List<TurnEvent> EVENTS = List.of(
            new Started(ID, null, null),
            new Passages(List.of()),
            new Delta("Employees "),
            new Delta("receive "),
            new Delta("28 days. [1]"),
            new Citations(List.of(), List.of()),
            new Finished(answer()));

    @Test
    void after_readOneByOne_idsGrowAndNothingIsRepeated() {
        TurnState state = TurnState.EMPTY;
        long seen = 0;
        List<TurnEvent> got = new ArrayList<>();
        for (TurnEvent event : EVENTS) {
            state = state.with(event);
            for (NumberedTurnEvent next : state.after(seen)) {
                assertThat(next.id()).isGreaterThan(seen);
                seen = next.id();
                got.add(next.event());
            }
        }
        assertThat(got).isEqualTo(EVENTS);
        assertThat(state.after(seen)).isEmpty();
    }

    @Test
    void after_resumedAnywhere_theTextIsWhole() {
        Random random = new Random(3);
        for (int round = 0; round < TestRun.repetitions(500, 50_000); round++) {
            TurnState state = TurnState.EMPTY;
            long seen = 0;
            StringBuilder text = new StringBuilder();
            int ends = 0;
            for (TurnEvent event : EVENTS) {
                state = state.with(event);
                if (random.nextBoolean() || state.isOver()) {
                    for (NumberedTurnEvent next : state.after(seen)) {
                        seen = next.id();
                        text.append(next.event() instanceof Delta delta ? delta.text() : "");
                        ends += next.event() instanceof TurnEvent.End ? 1 : 0;
                    }
                }
            }
            assertThat(text.toString()).isEqualTo("Employees receive 28 days. [1]");
            assertThat(ends).isOne();
        }
    }

    @Test
    void after_idInTheMiddleOfAPiece_givesTheRest() {
        TurnState state =
                TurnState.EMPTY.with(EVENTS.get(0)).with(EVENTS.get(1)).with(EVENTS.get(2));
        assertThat(state.after(2 + 4)).containsExactly(new NumberedTurnEvent(12, new Delta("oyees ")));
    }

    @Test
    void after_idFromBeyond_isNothing() {
        assertThat(TurnState.EMPTY.with(EVENTS.get(0)).after(1_000)).isEmpty();
    }

    @Test
    void with_afterTheEnd_changesNothing() {
        TurnState over = TurnState.EMPTY.with(EVENTS.get(0)).with(EVENTS.getLast());
        assertThat(over.with(new Delta("late"))).isSameAs(over);
    }

    private static Answer answer() {
        return new Answer(
                ID,
                Answer.Status.ANSWERED,
                null,
                "Employees receive 28 days. [1]",
                List.of(),
                List.of(),
                "m",
                false,
                TokenUsage.NONE,
                new AnswerTimings(1L, 2L, 3L, 4),
                List.of(),
                null);
    }
}
