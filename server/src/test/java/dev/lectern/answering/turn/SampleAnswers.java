package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.library.Passage;
import dev.lectern.shared.MessageId;
import java.util.List;

/** Answers that were never asked for. */
final class SampleAnswers {
    private SampleAnswers() {}

    static Answer cited(MessageId id, TokenUsage usage) {
        Passage passage = SamplePassages.HANDBOOK;
        return new Answer(
                id,
                Answer.Status.ANSWERED,
                null,
                "Employees receive 28 days. [1]",
                List.of(new Citation(
                        1,
                        passage.document(),
                        passage.version(),
                        passage.collection(),
                        passage.title(),
                        passage.uri(),
                        passage.page(),
                        passage.headings(),
                        "Employees receive 28 days of annual leave each year.",
                        null,
                        1200,
                        1252,
                        0.91)),
                List.of(new UnsupportedSentence(0, 5, UnsupportedSentence.Reason.NO_CITATION)),
                "scripted:one",
                false,
                usage,
                new AnswerTimings(7L, 9L, 30L, 42),
                List.of(),
                new Answer.Searched("How many?", 1, 2, 2L, 0L));
    }
}
