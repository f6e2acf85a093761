package dev.lectern.answering.view;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.Truncation;
import dev.lectern.answering.view.AnswerJson.CitationJson;
import dev.lectern.answering.view.AnswerJson.PassageJson;
import dev.lectern.answering.view.AnswerJson.UnsupportedJson;
import dev.lectern.answering.view.AnswerJson.UsageJson;
import dev.lectern.answering.view.CitationFreshness.SourceState;
import dev.lectern.answering.writing.QuoteMarkdown;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.StoredAnswerRenderer;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.models.Quoter;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.PassageId;
import dev.lectern.text.MarkdownPlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Converts answers to what a reader may see now. A citation of a changed document is marked; a citation of a deleted document keeps its number and title
 * without the quote, and an extractive answer loses the quoted sentence, too. Found passages are shown with their present text or not at all.
 */
@Component
public final class AnswerPresenter implements StoredAnswerRenderer {
    private final Documents documents;
    private final Passages passages;
    private final LibraryCollections collections;

    AnswerPresenter(Documents documents, Passages passages, LibraryCollections collections) {
        this.documents = documents;
        this.passages = passages;
        this.collections = collections;
    }

    @Override
    public Map<MessageId, RenderedAnswer> render(List<Message> answers, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        CitationFreshness freshness = new CitationFreshness(documents, readable);
        Map<MessageId, RenderedAnswer> rendered = new LinkedHashMap<>();
        for (Message message : answers) {
            AnswerJson json = toJson(redact(storedAnswer(message), freshness, readable), message, freshness::stateOf);
            rendered.put(message.id(), new RenderedAnswer(json, AnswerMarkdown.of(json)));
        }
        return rendered;
    }

    /** The answer of a message, without quotes of documents that are deleted or no longer readable. */
    public Answer redact(Message message, Caller caller) {
        return redact(storedAnswer(message), caller);
    }

    /** An answer, without quotes of documents that are deleted or no longer readable. */
    Answer redact(Answer answer, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        return redact(answer, new CitationFreshness(documents, readable), readable);
    }

    /** The JSON of an answer, without quotes of documents that are deleted or no longer readable. */
    public AnswerJson toJson(Answer answer, @Nullable Message message, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        CitationFreshness freshness = new CitationFreshness(documents, readable);
        return toJson(redact(answer, freshness, readable), message, freshness::stateOf);
    }

    /** The JSON of an answer whose documents are known to be unchanged. */
    public static AnswerJson toJsonUnchanged(Answer answer) {
        return toJson(answer, null, _ -> SourceState.CURRENT);
    }

    /** The JSON of citations. */
    public List<CitationJson> citationsToJson(List<Citation> citations, Caller caller) {
        CitationFreshness freshness = new CitationFreshness(documents, collections.readableBy(caller));
        return citations.stream()
                .map(citation -> CitationJson.of(citation, freshness.stateOf(citation)))
                .toList();
    }

    /** Found passages with their present text, without passages that are deleted or not readable by the caller. */
    public List<FoundPassage> refreshPassages(List<FoundPassage> found, Caller caller) {
        return withPresentText(found, collections.readableBy(caller));
    }

    /** The text of a past answer for the history of a prompt; empty when one of the cited documents changed. */
    public Optional<String> findCurrentText(Message message, Caller caller) {
        CitationFreshness freshness = new CitationFreshness(documents, collections.readableBy(caller));
        Answer answer = storedAnswer(message);
        boolean valid = answer.status() == Status.ANSWERED
                && answer.citations().stream().allMatch(citation -> freshness.stateOf(citation) == SourceState.CURRENT);
        return valid ? Optional.of(answer.text()) : Optional.empty();
    }

    private Answer redact(Answer answer, CitationFreshness freshness, ReadableCollections readable) {
        List<Citation> citations = answer.citations().stream()
                .map(citation ->
                        freshness.stateOf(citation) == SourceState.DELETED ? citation.withoutQuote() : citation)
                .toList();
        return AnswerCodec.with(
                answer, redactText(answer, freshness), citations, withPresentText(answer.nearest(), readable));
    }

    private static String redactText(Answer answer, CitationFreshness freshness) {
        boolean quoted = Quoter.NAME.equals(answer.model());
        if (!quoted
                || answer.citations().stream()
                        .noneMatch(citation -> freshness.stateOf(citation) == SourceState.DELETED)) {
            return answer.text();
        }
        return answer.citations().stream()
                .map(citation -> freshness.stateOf(citation) == SourceState.DELETED
                        ? QuoteMarkdown.formatWithheld(citation.number(), citation.title())
                        : QuoteMarkdown.format(citation.number(), citation.quote()))
                .collect(Collectors.joining(" "));
    }

    private List<FoundPassage> withPresentText(List<FoundPassage> found, ReadableCollections readable) {
        if (found.isEmpty()) {
            return found;
        }
        Map<PassageId, Passage> present =
                passages.present(found.stream().map(FoundPassage::passage).toList(), readable);
        return found.stream()
                .flatMap(passage -> {
                    Passage now = present.get(passage.passage());
                    return now == null ? Stream.empty() : Stream.of(AnswerCodec.withText(passage, now.text()));
                })
                .toList();
    }

    private static Answer storedAnswer(Message message) {
        String json = message.answer();
        return json != null
                ? AnswerCodec.read(json)
                : new Answer(
                        message.id(),
                        Status.FAILED,
                        Answer.INTERRUPTED,
                        message.content(),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        TokenUsage.NONE,
                        new AnswerTimings(null, null, null, 0),
                        List.of(),
                        null);
    }

    private static AnswerJson toJson(
            Answer answer, @Nullable Message message, Function<Citation, SourceState> freshness) {
        MessageId question = message == null ? null : message.parent();
        Truncation truncated = answer.truncated();
        return new AnswerJson(
                answer.id().value(),
                message == null ? null : message.conversation().value(),
                question == null ? null : question.value(),
                answer.status().name().toLowerCase(Locale.ROOT),
                answer.reason(),
                answer.text(),
                MarkdownPlainText.of(answer.text()),
                answer.citations().stream()
                        .map(citation -> CitationJson.of(citation, freshness.apply(citation)))
                        .toList(),
                answer.unsupported().stream().map(UnsupportedJson::of).toList(),
                answer.model(),
                answer.fallback(),
                truncated == null ? null : truncated.code(),
                answer.cached(),
                UsageJson.of(answer.usage()),
                answer.timings(),
                answer.status() == Status.ABSTAINED
                        ? answer.nearest().stream().map(PassageJson::of).toList()
                        : null,
                answer.searched());
    }
}
