package dev.lectern.answering.web;

import dev.lectern.answering.PastExchange;
import dev.lectern.answering.streams.QuestionService.Asked;
import dev.lectern.answering.streams.QuestionService.Known;
import dev.lectern.answering.streams.QuestionService.Started;
import dev.lectern.answering.streams.QuestionService;
import dev.lectern.answering.view.AnswerJson;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Questions without a conversation. The stream cannot be resumed; when its reader goes, the turn is stopped. */
@RestController
class AskController {
    private static final int MAX_HISTORY = 50;
    private static final int MAX_HISTORY_TEXT = 100_000;

    private final QuestionService questionService;
    private final TurnStreamWriter writer;
    private final AnswerPresenter present;
    private final JsonMapper json;

    AskController(QuestionService questionService, TurnStreamWriter writer, AnswerPresenter present, JsonMapper json) {
        this.questionService = questionService;
        this.writer = writer;
        this.present = present;
        this.json = json;
    }

    record Ask(
            @Nullable String question,
            @Nullable List<String> collections,
            @Nullable List<Past> history,
            @Nullable Boolean stream) {}

    record Past(@Nullable String question, @Nullable String answer) {}

    @PostMapping("/api/v1/ask")
    @Nullable ResponseEntity<AnswerJson> ask(
            Caller caller,
            @RequestBody Ask body,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        List<String> collections = Objects.requireNonNullElse(body.collections(), List.of());
        boolean stream = body.stream() == null ? AcceptHeader.isStream(accept) : body.stream();
        Asked asked = questionService.ask(
                caller,
                body.question(),
                collections.stream().map(CollectionId::new).toList(),
                history(body.history()),
                !stream);
        return switch (asked) {
            case Known known -> write(AnswerPresenter.asGiven(known.answer()), response);
            case Started started -> answer(started, stream, caller, response);
        };
    }

    /** With its length, and without asking which of many writers and formats it should be. */
    private @Nullable ResponseEntity<AnswerJson> write(AnswerJson answer, HttpServletResponse response)
            throws IOException {
        byte[] body = json.writeValueAsBytes(answer);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return null;
    }

    private @Nullable ResponseEntity<AnswerJson> answer(
            Started started, boolean stream, Caller caller, HttpServletResponse response) {
        try {
            if (stream) {
                writer.write(started.stream(), 0, caller, response);
                return null;
            }
            return ResponseEntity.ok(present.json(AwaitedAnswer.of(started.stream()), null, caller));
        } finally {
            questionService.abandon(started.answer());
        }
    }

    private static List<PastExchange> history(@Nullable List<Past> history) {
        if (history == null) {
            return List.of();
        }
        List<PastExchange> exchanges = history.stream()
                .map(past -> new PastExchange(
                        Objects.requireNonNullElse(past.question(), ""), Objects.requireNonNullElse(past.answer(), "")))
                .filter(exchange -> !exchange.question().isBlank())
                .toList();
        long text = exchanges.stream()
                .mapToLong(one -> one.question().length() + (long) one.answer().length())
                .sum();
        if (exchanges.size() > MAX_HISTORY || text > MAX_HISTORY_TEXT) {
            throw LecternException.invalid(
                    "history", "A history has at most 50 turns and 100,000 characters. Send the last ones.");
        }
        return exchanges;
    }
}
