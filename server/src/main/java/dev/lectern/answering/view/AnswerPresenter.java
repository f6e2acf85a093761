package dev.lectern.answering.view;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.view.AnswerJson.CitationJson;
import dev.lectern.answering.view.AnswerJson.PassageJson;
import dev.lectern.answering.view.AnswerJson.UnsupportedJson;
import dev.lectern.answering.view.AnswerJson.UsageJson;
import dev.lectern.answering.view.CitationFreshness.Fate;
import dev.lectern.answering.writing.QuoteMarkdown;
import dev.lectern.conversations.AnswerRenderer;
import dev.lectern.conversations.Message;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.models.Quoter;
import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.ReadableCollections;
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
 * Shows answers as they may be shown now. A citation whose document changed says so; one whose document was deleted keeps its number and title without
 * its quote, and an answer that is made of quotes loses the quoted sentence, too. Nearest passages are shown with their present text or not at all.
 */
@Component
public final class AnswerPresenter implements AnswerRenderer {
    private final Documents documents;
    private final Passages passages;
    private final LibraryCollections collections;

    AnswerPresenter(Documents documents, Passages passages, LibraryCollections collections) {
        this.documents = documents;
        this.passages = passages;
        this.collections = collections;
    }

    @Override
    public Map<MessageId, View> of(List<Message> answers, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        CitationFreshness citationFreshness = new CitationFreshness(documents, readable);
        Map<MessageId, View> views = new LinkedHashMap<>();
        for (Message message : answers) {
            AnswerJson json = json(allowed(answer(message), citationFreshness, readable), message, citationFreshness::of);
            views.put(message.id(), new View(json, AnswerMarkdown.of(json)));
        }
        return views;
    }

    /** The answer of a message without the words that may not be shown any more. */
    public Answer allowed(Message message, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        return allowed(answer(message), new CitationFreshness(documents, readable), readable);
    }

    /** The JSON of an answer that was given just now, without a word that may not be shown any more. */
    public AnswerJson json(Answer answer, @Nullable Message message, Caller caller) {
        ReadableCollections readable = collections.readableBy(caller);
        CitationFreshness citationFreshness = new CitationFreshness(documents, readable);
        return json(allowed(answer, citationFreshness, readable), message, citationFreshness::of);
    }

    /** The JSON of an answer whose documents are known to be as they were a moment ago. */
    public static AnswerJson asGiven(Answer answer) {
        return json(answer, null, _ -> Fate.CURRENT);
    }

    /** The JSON of citations alone. */
    public List<CitationJson> citations(List<Citation> citations, Caller caller) {
        CitationFreshness citationFreshness = new CitationFreshness(documents, collections.readableBy(caller));
        return citations.stream()
                .map(citation -> CitationJson.of(citation, citationFreshness.of(citation)))
                .toList();
    }

    /** Found passages with their present text, without those that the caller may not see or that are gone. */
    public List<FoundPassage> passages(List<FoundPassage> found, Caller caller) {
        return nearest(found, collections.readableBy(caller));
    }

    /** The text of a past answer as a model may read it again; empty when a document that it stands on is not as it was. */
    public Optional<String> stillValid(Message message, Caller caller) {
        CitationFreshness citationFreshness = new CitationFreshness(documents, collections.readableBy(caller));
        Answer answer = answer(message);
        boolean valid = answer.status() == Status.ANSWERED
                && answer.citations().stream().allMatch(citation -> citationFreshness.of(citation) == Fate.CURRENT);
        return valid ? Optional.of(answer.text()) : Optional.empty();
    }

    private Answer allowed(Answer answer, CitationFreshness citationFreshness, ReadableCollections readable) {
        return AnswerCodec.with(answer, text(answer, citationFreshness), nearest(answer.nearest(), readable));
    }

    private static String text(Answer answer, CitationFreshness citationFreshness) {
        boolean quoted = Quoter.NAME.equals(answer.model());
        if (!quoted || answer.citations().stream().noneMatch(citation -> citationFreshness.of(citation) == Fate.DELETED)) {
            return answer.text();
        }
        return answer.citations().stream()
                .map(citation -> citationFreshness.of(citation) == Fate.DELETED
                        ? QuoteMarkdown.withheld(citation.number(), citation.title())
                        : QuoteMarkdown.sentence(citation.number(), citation.quote()))
                .collect(Collectors.joining(" "));
    }

    private List<FoundPassage> nearest(List<FoundPassage> kept, ReadableCollections readable) {
        if (kept.isEmpty()) {
            return kept;
        }
        Map<PassageId, Passage> present =
                passages.present(kept.stream().map(FoundPassage::passage).toList(), readable);
        return kept.stream()
                .flatMap(passage -> {
                    Passage now = present.get(passage.passage());
                    return now == null ? Stream.empty() : Stream.of(AnswerCodec.withText(passage, now.text()));
                })
                .toList();
    }

    private static Answer answer(Message message) {
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

    private static AnswerJson json(Answer answer, @Nullable Message message, Function<Citation, Fate> citationFreshness) {
        MessageId question = message == null ? null : message.parent();
        return new AnswerJson(
                answer.id().value(),
                message == null ? null : message.conversation().value(),
                question == null ? null : question.value(),
                answer.status().name().toLowerCase(Locale.ROOT),
                answer.reason(),
                answer.text(),
                answer.citations().stream()
                        .map(citation -> CitationJson.of(citation, citationFreshness.apply(citation)))
                        .toList(),
                answer.unsupported().stream().map(UnsupportedJson::of).toList(),
                answer.model(),
                answer.cached(),
                UsageJson.of(answer.usage()),
                answer.timings(),
                answer.status() == Status.ABSTAINED
                        ? answer.nearest().stream().map(PassageJson::of).toList()
                        : null,
                answer.searched());
    }
}
