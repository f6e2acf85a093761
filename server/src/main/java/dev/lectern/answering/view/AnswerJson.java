package dev.lectern.answering.view;

import dev.lectern.answering.Answer.Searched;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.answering.view.CitationFreshness.SourceState;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarningView;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Money;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer with its citations, or an abstention.
 *
 * @param status {@link dev.lectern.answering.Answer.Status}
 * @param reason why it abstained or failed, such as {@code nothing_found}; absent if it answered
 * @param text Markdown with citation markers; offsets refer to it
 * @param plainText the same without Markdown; citation markers such as {@code [1]} stay
 * @param citations the quoted span of each citation; offsets refer to the text of the document
 * @param unsupported sentences without support in the cited passages
 * @param answeringModel the model that the service says it used, without the name of the service; absent when it does not say
 * @param fallback absent unless another model or quotation stepped in
 * @param truncated absent unless the text is cut off: {@link dev.lectern.answering.Truncation}
 * @param cached whether it came from the cache
 * @param usage tokens of the model
 * @param timings durations of the stages
 * @param nearest of an abstention, the passages that came nearest
 * @param searched what was searched
 */
public record AnswerJson(
        String id,
        @Nullable String conversationId,
        @Nullable String questionId,
        String status,
        @Nullable String reason,
        String text,
        String plainText,
        List<CitationJson> citations,
        List<UnsupportedJson> unsupported,
        @Nullable String model,
        @Nullable String answeringModel,
        @Nullable ModelFallback fallback,
        @Nullable String truncated,
        boolean cached,
        UsageJson usage,
        AnswerTimings timings,
        @Nullable List<PassageJson> nearest,
        @Nullable Searched searched) {
    /**
     * A link from a sentence of the answer to the span of a document that supports it.
     *
     * @param displayQuote the quote as people read it, with the names of the columns in each row of a table; absent if that is the quote itself
     * @param state absent while the document is unchanged, or else: {@code changed} or {@code deleted}; if deleted, the quote is empty
     * @param warning about the present text of the document; absent while there is none
     */
    public record CitationJson(
            int number,
            String documentId,
            String title,
            String uri,
            @Nullable Integer page,
            List<String> headings,
            String quote,
            @Nullable String displayQuote,
            int start,
            int end,
            double score,
            @Nullable String state,
            @Nullable DocumentWarningView warning) {

        static CitationJson of(Citation citation, SourceState state, @Nullable DocumentWarning warning) {
            return new CitationJson(
                    citation.number(),
                    citation.document().value(),
                    citation.title(),
                    DocumentLocation.withoutServerPath(citation.uri()),
                    citation.page(),
                    citation.headings(),
                    state == SourceState.DELETED ? "" : citation.quote(),
                    state == SourceState.DELETED ? null : citation.displayQuote(),
                    citation.start(),
                    citation.end(),
                    citation.score(),
                    state == SourceState.CURRENT ? null : state.name().toLowerCase(Locale.ROOT),
                    DocumentWarningView.of(warning));
        }
    }

    /**
     * A sentence without support, by its offsets in the text of the answer.
     *
     * @param reason {@link UnsupportedSentence.Reason}
     */
    public record UnsupportedJson(int start, int end, String reason) {
        public static UnsupportedJson of(UnsupportedSentence unsupported) {
            return new UnsupportedJson(
                    unsupported.start(),
                    unsupported.end(),
                    unsupported.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What the model used.
     *
     * @param outputTokens with thoughts, which services charge as output
     * @param thinkingTokens the part of the output tokens that the model thought with; absent for answers of earlier releases
     * @param cost in US dollars; absent when the price of the model is unknown
     */
    public record UsageJson(
            int inputTokens,
            int outputTokens,
            @Nullable Integer thinkingTokens,
            @Nullable Double cost) {
        static UsageJson of(TokenUsage usage) {
            Money cost = usage.cost();
            return new UsageJson(
                    usage.inputTokens(),
                    usage.outputTokens(),
                    usage.thinkingTokens(),
                    cost == null ? null : cost.dollars());
        }
    }

    /**
     * A passage that was found.
     *
     * @param displayText the text as people read it, with the names of the columns in each row of a table; absent if that is the text itself
     * @param warning about the text of the document; absent while there is none
     */
    public record PassageJson(
            String passageId,
            String documentId,
            String title,
            String uri,
            @Nullable Integer page,
            List<String> headings,
            String text,
            @Nullable String displayText,
            int start,
            int end,
            double score,
            @Nullable DocumentWarningView warning) {
        public static PassageJson of(FoundPassage passage, @Nullable DocumentWarning warning) {
            return new PassageJson(
                    passage.passage().value(),
                    passage.document().value(),
                    passage.title(),
                    DocumentLocation.withoutServerPath(passage.uri()),
                    passage.page(),
                    passage.headings(),
                    passage.text(),
                    passage.displayText(),
                    passage.start(),
                    passage.end(),
                    passage.score(),
                    DocumentWarningView.of(warning));
        }
    }
}
