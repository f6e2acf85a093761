package dev.lectern.answering.web;

import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.view.AnswerJson;
import dev.lectern.answering.view.AnswerJson.CitationJson;
import dev.lectern.answering.view.AnswerJson.PassageJson;
import dev.lectern.answering.view.AnswerJson.UnsupportedJson;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.http.Problem;
import dev.lectern.library.DocumentWarning;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Converts the events of a turn to the names and the JSON of stream events. */
@Component
final class TurnEventJson {
    private final AnswerPresenter presenter;

    TurnEventJson(AnswerPresenter presenter) {
        this.presenter = presenter;
    }

    /**
     * The data of {@code started}.
     *
     * @param messageId id of the answer
     * @param conversationId absent outside of conversations
     * @param questionId absent outside of conversations
     */
    record StartedJson(
            String messageId,
            @Nullable String conversationId,
            @Nullable String questionId) {}

    /**
     * The data of {@code passages}.
     *
     * @param items the passages that the answer rests on, the best ones first
     */
    record PassagesJson(List<PassageJson> items) {}

    /**
     * The data of {@code delta}.
     *
     * @param text what is added to the text
     */
    record DeltaJson(String text) {}

    /**
     * The data of {@code citations}.
     *
     * @param citations the citations of the text
     * @param unsupported sentences without support
     */
    record CitationsJson(List<CitationJson> citations, List<UnsupportedJson> unsupported) {}

    /**
     * The data of {@code finished}.
     *
     * @param answer the whole answer
     */
    record FinishedJson(AnswerJson answer) {}

    /**
     * The data of {@code failed}.
     *
     * @param problem why it failed
     * @param answer what was written until then, with its citations, usage and timings
     */
    record FailedJson(Problem problem, AnswerJson answer) {}

    String name(TurnEvent event) {
        return switch (event) {
            case Started _ -> "started";
            case Passages _ -> "passages";
            case Delta _ -> "delta";
            case Citations _ -> "citations";
            case Finished _ -> "finished";
            case Failed _ -> "failed";
        };
    }

    /** The JSON data of the event, without text that the caller may no longer read. */
    Object data(TurnEvent event, Caller caller) {
        return switch (event) {
            case Started started ->
                new StartedJson(
                        started.message().value(),
                        started.conversation() == null
                                ? null
                                : started.conversation().value(),
                        started.question() == null ? null : started.question().value());
            case Passages passages -> {
                Map<DocumentId, DocumentWarning> about = presenter.findWarnings(passages.items(), caller);
                yield new PassagesJson(passages.items().stream()
                        .map(passage -> PassageJson.of(passage, about.get(passage.document())))
                        .toList());
            }
            case Delta delta -> new DeltaJson(delta.text());
            case Citations citations ->
                new CitationsJson(
                        presenter.citationsToJson(citations.citations(), caller),
                        citations.unsupported().stream()
                                .map(UnsupportedJson::of)
                                .toList());
            case Finished finished -> new FinishedJson(presenter.toJson(finished.answer(), null, caller));
            case Failed failed ->
                new FailedJson(
                        Problem.of(failed.code(), failed.detail(), List.of()),
                        presenter.toJson(failed.answer(), null, caller));
        };
    }
}
