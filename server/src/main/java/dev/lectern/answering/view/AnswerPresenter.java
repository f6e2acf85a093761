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
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.models.Quoter;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.PassageId;
import dev.lectern.text.MarkdownPlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Converts answers to what a reader may see now. A citation of a changed document is marked, and one of a document with a warning carries it; a citation of a deleted document keeps its number and title
 * without the quote, and an extractive answer loses the quoted sentence, too. Found passages are shown with their present text or not at all.
 */
@Component
public final class AnswerPresenter implements StoredAnswerRenderer {
    private final Documents documents;
    private final Passages passages;
    private final LibraryCollections collections;
    private final DocumentWarnings warnings;

    AnswerPresenter(Documents documents, Passages passages, LibraryCollections collections, DocumentWarnings warnings) {
        this.documents = documents;
        this.passages = passages;
        this.collections = collections;
        this.warnings = warnings;
    }

    @Override
    public Map<MessageId, RenderedAnswer> render(List<Message> answers, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        Map<Message, Answer> stored = new LinkedHashMap<>();
        answers.forEach(message -> stored.put(message, storedAnswer(message)));
        CitationFreshness freshness = freshness(
                stored.values().stream()
                        .flatMap(answer -> answer.citations().stream())
                        .toList(),
                readable);
        Map<MessageId, RenderedAnswer> rendered = new LinkedHashMap<>();
        stored.forEach((message, answer) -> {
            AnswerJson json = toJson(redact(answer, freshness, readable), message, freshness, readable);
            rendered.put(message.id(), new RenderedAnswer(json, AnswerMarkdown.of(json)));
        });
        return rendered;
    }

    /** The answer of a message, without quotes of documents that are deleted or no longer readable. */
    public Answer redact(Message message, Caller caller) {
        return redact(storedAnswer(message), caller);
    }

    /** An answer, without quotes of documents that are deleted or no longer readable. */
    Answer redact(Answer answer, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        return redact(answer, freshness(answer.citations(), readable), readable);
    }

    /** The JSON of an answer, without quotes of documents that are deleted or no longer readable. */
    public AnswerJson toJson(Answer answer, @Nullable Message message, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        CitationFreshness freshness = freshness(answer.citations(), readable);
        return toJson(redact(answer, freshness, readable), message, freshness, readable);
    }

    /**
     * The JSON of an answer whose documents are known to be unchanged.
     *
     * @param about the warnings of those of its documents that have one
     */
    public static AnswerJson toJsonUnchanged(Answer answer, Map<DocumentId, DocumentWarning> about) {
        return toJson(
                answer,
                null,
                citation -> CitationJson.of(citation, SourceState.CURRENT, about.get(citation.document())),
                toJson(answer.nearest(), about));
    }

    /** The JSON of citations. */
    public List<CitationJson> citationsToJson(List<Citation> citations, Caller caller) {
        CitationFreshness freshness = freshness(citations, collections.readableBy(caller));
        return citations.stream().map(citation -> toJson(citation, freshness)).toList();
    }

    /** The warnings about the documents of found passages. */
    public Map<DocumentId, DocumentWarning> findWarnings(List<FoundPassage> found, Caller caller) {
        return findWarnings(found, collections.readableBy(caller));
    }

    private Map<DocumentId, DocumentWarning> findWarnings(List<FoundPassage> found, ReadableCollections readable) {
        return found.isEmpty()
                ? Map.of()
                : warnings.find(
                        found.stream().map(FoundPassage::document).distinct().toList(), readable);
    }

    private static List<PassageJson> toJson(List<FoundPassage> found, Map<DocumentId, DocumentWarning> about) {
        return found.stream()
                .map(passage -> PassageJson.of(passage, about.get(passage.document())))
                .toList();
    }

    /** Found passages with their present text, without passages that are deleted or not readable by the caller. */
    public List<FoundPassage> refreshPassages(List<FoundPassage> found, Caller caller) {
        return withPresentText(found, collections.readableBy(caller));
    }

    /** The text of a past answer for the history of a prompt; empty when one of the cited documents changed or is hidden. */
    public Optional<String> findCurrentText(Message message, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        Answer answer = storedAnswer(message);
        if (answer.status() != Status.ANSWERED) {
            return Optional.empty();
        }
        CitationFreshness freshness = freshness(answer.citations(), readable);
        Set<DocumentId> hidden = warnings.findHidden(readable);
        boolean valid = answer.citations().stream()
                .allMatch(citation ->
                        freshness.stateOf(citation) == SourceState.CURRENT && !hidden.contains(citation.document()));
        return valid ? Optional.of(answer.text()) : Optional.empty();
    }

    private CitationFreshness freshness(List<Citation> citations, ReadableCollections readable) {
        return CitationFreshness.of(citations, documents, readable);
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
                        : QuoteMarkdown.format(citation.number(), citation.shownQuote()))
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
                    return now == null
                            ? Stream.empty()
                            : Stream.of(AnswerCodec.withText(passage, now.text(), now.displayText()));
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

    private AnswerJson toJson(
            Answer answer, @Nullable Message message, CitationFreshness freshness, ReadableCollections readable) {
        return toJson(
                answer,
                message,
                citation -> toJson(citation, freshness),
                toJson(answer.nearest(), findWarnings(answer.nearest(), readable)));
    }

    private static CitationJson toJson(Citation citation, CitationFreshness freshness) {
        return CitationJson.of(citation, freshness.stateOf(citation), freshness.warningOf(citation));
    }

    private static AnswerJson toJson(
            Answer answer,
            @Nullable Message message,
            Function<Citation, CitationJson> citations,
            List<PassageJson> nearest) {
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
                answer.citations().stream().map(citations).toList(),
                answer.unsupported().stream().map(UnsupportedJson::of).toList(),
                answer.model(),
                answer.usage().answeringModel(),
                answer.fallback(),
                truncated == null ? null : truncated.code(),
                answer.cached(),
                UsageJson.of(answer.usage()),
                answer.timings(),
                answer.status() == Status.ABSTAINED ? nearest : null,
                answer.searched());
    }
}
