package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.Citation;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.streams.QuestionService;
import dev.lectern.answering.streams.QuestionService.AnswerFound;
import dev.lectern.answering.streams.QuestionService.AskResult;
import dev.lectern.answering.streams.QuestionService.TurnStarted;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerJson;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.http.StoredResponse;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.SearchFilterRequest;
import dev.lectern.security.QuestionAdmission;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.text.VisibleText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Accepts questions without a conversation. Their stream cannot be resumed, and the turn is stopped when its reader disconnects. */
@RestController
@RequiresScope(Scope.ASK)
class AskController {
    private static final int MAX_HISTORY = 50;
    private static final int MAX_HISTORY_TEXT = 100_000;

    private final QuestionService questions;
    private final QuestionAdmission admission;
    private final TurnStreamWriter writer;
    private final AnswerPresenter presenter;
    private final DocumentWarnings warnings;
    private final JsonMapper json;

    AskController(
            QuestionService questions,
            QuestionAdmission admission,
            TurnStreamWriter writer,
            AnswerPresenter presenter,
            DocumentWarnings warnings,
            JsonMapper json) {
        this.questions = questions;
        this.admission = admission;
        this.writer = writer;
        this.presenter = presenter;
        this.warnings = warnings;
        this.json = json;
    }

    /**
     * A question without a conversation.
     *
     * @param question required, 1 to 4,000 characters
     * @param collections at most 100 ids of collections that are searched; null or empty for all that the caller may read
     * @param history at most 50 earlier questions and answers, the oldest first, with 100,000 characters in all
     * @param stream whether the answer comes as a stream; null to decide by {@code Accept}
     * @param filter which documents are searched; null for all
     * @param endUser the user of a program that asks with an API key, 1 to 128 visible characters; null for the program itself
     */
    record AskRequest(
            @Nullable String question,
            @Nullable List<String> collections,
            @Nullable List<HistoryItem> history,
            @Nullable Boolean stream,
            @Nullable SearchFilterRequest filter,
            @Nullable String endUser) {}

    /**
     * An earlier question with its answer.
     *
     * @param question required, with at least one visible character
     * @param answer the answer; null for none
     */
    record HistoryItem(@Nullable String question, @Nullable String answer) {}

    /**
     * Answers a question without a conversation. The answer comes as JSON, or as a stream if the body or {@code Accept} says so. Such a stream
     * cannot be resumed.
     *
     * @throws LecternException TOO_MANY_REQUESTS, MODEL_FAILED, MODEL_UNAVAILABLE, INDEX_UNAVAILABLE, DEADLINE_EXCEEDED
     */
    @PostMapping(
            path = "/api/v1/ask",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Nullable ResponseEntity<AnswerJson> askQuestion(
            Caller caller,
            @RequestBody AskRequest body,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        List<String> collections = Objects.requireNonNullElse(body.collections(), List.of());
        boolean stream = body.stream() == null ? AcceptHeader.acceptsEventStream(accept) : body.stream();
        Caller asker = admission.admit(caller, body.endUser(), request, response);
        AskResult result = questions.ask(
                asker,
                body.question(),
                collections.stream().map(CollectionId::new).toList(),
                history(body.history()),
                SearchFilterRequest.parse(body.filter()),
                !stream);
        return switch (result) {
            case AnswerFound found -> {
                AskedAnswerRenderer.store(request, found.answer(), stream);
                yield write(AnswerPresenter.toJsonUnchanged(found.answer(), warningsOf(found)), response);
            }
            case TurnStarted started -> answer(started, stream, asker, request, response);
        };
    }

    private Map<DocumentId, DocumentWarning> warningsOf(AnswerFound found) {
        List<DocumentId> documents = found.answer().citations().stream()
                .map(Citation::document)
                .distinct()
                .toList();
        return warnings.find(documents, found.searched());
    }

    /** Writes the JSON directly, which is faster than the selection of a message converter. */
    private @Nullable ResponseEntity<AnswerJson> write(AnswerJson answer, HttpServletResponse response)
            throws IOException {
        byte[] body = json.writeValueAsBytes(answer);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return null;
    }

    private @Nullable ResponseEntity<AnswerJson> answer(
            TurnStarted started,
            boolean stream,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            if (stream) {
                // Until the turn has finished, a repeated request has to run again: this stream cannot be resumed.
                StoredResponse.discard(request);
                TurnState state = writer.write(started.stream(), 0, caller, started.searched(), response);
                if (state.end() instanceof Finished finished
                        && finished.answer().status() != Status.FAILED) {
                    AskedAnswerRenderer.store(request, finished.answer(), true);
                }
                return null;
            }
            Answer answer = AwaitedAnswer.await(started.stream());
            AskedAnswerRenderer.store(request, answer, false);
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(presenter.toJson(answer, null, caller));
        } finally {
            questions.abandon(started.answer());
        }
    }

    private static List<PastExchange> history(@Nullable List<HistoryItem> history) {
        if (history == null) {
            return List.of();
        }
        List<PastExchange> exchanges = new ArrayList<>(history.size());
        for (HistoryItem past : history) {
            String question = Objects.requireNonNullElse(past.question(), "");
            if (VisibleText.isBlank(question)) {
                String field = "history[" + exchanges.size() + "].question";
                throw LecternException.invalid(
                        field, "The field `" + field + "` has no visible character. Send the earlier question.");
            }
            exchanges.add(new PastExchange(question, Objects.requireNonNullElse(past.answer(), "")));
        }
        long text = exchanges.stream()
                .mapToLong(one -> one.question().length() + (long) one.answer().length())
                .sum();
        if (exchanges.size() > MAX_HISTORY || text > MAX_HISTORY_TEXT) {
            throw LecternException.invalid(
                    "history",
                    "The history has %d turns and %,d characters. At most 50 turns and 100,000 characters are allowed. Send only the last turns."
                            .formatted(exchanges.size(), text));
        }
        return exchanges;
    }
}
