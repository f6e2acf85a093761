package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Searched;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.Truncation;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.library.Passage;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the answers of turns. */
final class AnswerFactory {
    private AnswerFactory() {}

    static Answer answered(
            MessageId id,
            String text,
            List<Citation> citations,
            List<UnsupportedSentence> unsupported,
            String model,
            TokenUsage usage,
            AnswerTimings answerTimings,
            Searched searched,
            @Nullable ModelFallback fallback,
            @Nullable Truncation truncated) {
        return new Answer(
                id,
                Status.ANSWERED,
                null,
                text,
                citations,
                unsupported,
                model,
                false,
                usage,
                answerTimings,
                List.of(),
                searched,
                fallback,
                truncated);
    }

    static Answer abstained(
            MessageId id,
            AbstentionReason reason,
            SearchScopeDescriber.SearchScope scope,
            @Nullable String model,
            TokenUsage usage,
            AnswerTimings answerTimings,
            List<FoundPassage> nearest,
            @Nullable ModelFallback fallback) {
        return new Answer(
                id,
                Status.ABSTAINED,
                reason.code(),
                abstentionText(reason, scope.words()) + remainder(reason, scope),
                List.of(),
                List.of(),
                model,
                false,
                usage,
                answerTimings,
                nearest,
                scope.searched(),
                fallback,
                null);
    }

    static Answer failed(
            MessageId id,
            String reason,
            String text,
            List<Citation> citations,
            @Nullable String model,
            TokenUsage usage,
            AnswerTimings answerTimings) {
        return new Answer(
                id,
                Status.FAILED,
                reason,
                text,
                citations,
                List.of(),
                model,
                false,
                usage,
                answerTimings,
                List.of(),
                null);
    }

    static Citation citation(CitedPassage cited) {
        Passage passage = cited.passage().ranked().passage();
        int start = cited.span().start();
        int end = cited.span().end();
        return new Citation(
                cited.number(),
                passage.document(),
                passage.version(),
                passage.collection(),
                passage.title(),
                passage.uri(),
                passage.page(),
                passage.headings(),
                passage.text().substring(start, end),
                start < end ? passage.displayText(cited.span()) : null,
                passage.start() + start,
                passage.start() + end,
                cited.passage().ranked().score());
    }

    /** Documents that could not be searched matter where the search found too little. */
    private static String remainder(AbstentionReason reason, SearchScopeDescriber.SearchScope scope) {
        return switch (reason) {
            case NOTHING_FOUND, TOO_WEAK, NOT_ANSWERED -> scope.remainder();
            case MODEL_UNAVAILABLE, BUDGET_USED_UP -> "";
        };
    }

    private static String abstentionText(AbstentionReason reason, String searched) {
        return switch (reason) {
            case NOTHING_FOUND -> "Nothing was found about this in " + searched + ".";
            case TOO_WEAK -> "Nothing near enough to answer from was found in " + searched + ".";
            case NOT_ANSWERED -> "What was found in " + searched + " is about this, but does not answer it.";
            case MODEL_UNAVAILABLE -> "No model could be reached to answer this from " + searched + ".";
            case BUDGET_USED_UP -> "The budget for answers is used up.";
        };
    }
}
