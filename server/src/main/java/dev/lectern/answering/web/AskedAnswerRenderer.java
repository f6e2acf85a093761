package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.http.ResponseRenderer;
import dev.lectern.http.StoredResponse;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives the answer to a repeated question without a conversation again, without quotes of documents that are deleted or no longer readable. */
@Component
final class AskedAnswerRenderer implements ResponseRenderer {
    private static final String NAME = "answer";
    private static final JsonMapper STATES = JsonMapper.builder().build();

    private final AnswerPersistence answers;
    private final AnswerPresenter presenter;
    private final TurnStreamWriter writer;
    private final JsonMapper json;

    AskedAnswerRenderer(
            AnswerPersistence answers, AnswerPresenter presenter, TurnStreamWriter writer, JsonMapper json) {
        this.answers = answers;
        this.presenter = presenter;
        this.writer = writer;
        this.json = json;
    }

    /**
     * @param stream whether the response was an event stream
     * @param answer JSON of the answer
     */
    private record State(boolean stream, String answer) {}

    /** Has the response to a request stored, if the request has an Idempotency-Key. */
    static void store(HttpServletRequest request, Answer answer, boolean stream) {
        StoredResponse.render(
                request, NAME, () -> STATES.writeValueAsString(new State(stream, AnswerPersistence.write(answer))));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void render(String state, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        State stored = STATES.readValue(state, State.class);
        TurnState turn = answers.restoreState(stored.answer(), caller);
        if (stored.stream()) {
            writer.write(turn, 0, caller, response);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(presenter.toJson(AwaitedAnswer.of(turn), null, caller)));
    }
}
