package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.streams.QuestionService;
import dev.lectern.answering.streams.QuestionService.TurnStarted;
import dev.lectern.answering.view.AnswerJson;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.MessageService;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchFilterRequest;
import dev.lectern.security.QuestionAdmission;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Accepts questions in a conversation, and resumes and stops the streams of their answers. */
@RestController
@RequestMapping("/api/v1/conversations/{id}/messages")
@RequiresScope(Scope.ASK)
class QuestionsController {
    private final QuestionService questions;
    private final QuestionAdmission admission;
    private final MessageService messages;
    private final AnswerPresenter presenter;
    private final TurnStreamWriter writer;
    private final MessageResponder responder;
    private final JsonMapper json;

    QuestionsController(
            QuestionService questions,
            QuestionAdmission admission,
            MessageService messages,
            AnswerPresenter presenter,
            TurnStreamWriter writer,
            MessageResponder responder,
            JsonMapper json) {
        this.questions = questions;
        this.admission = admission;
        this.messages = messages;
        this.presenter = presenter;
        this.writer = writer;
        this.responder = responder;
        this.json = json;
    }

    /**
     * A question in a conversation.
     *
     * @param content required, the question, 1 to 4,000 characters
     * @param replaces id of an earlier question that this one replaces; null or empty for none
     * @param filter which documents are searched for the answer to this question; null for all
     */
    record NewQuestion(
            @Nullable String content,
            @Nullable String replaces,
            @Nullable SearchFilterRequest filter) {}

    /**
     * Asks in a conversation. The answer comes as JSON, or as a stream if {@code Accept} names {@code text/event-stream}.
     *
     * @throws LecternException CONFLICT while an answer is being written, TOO_MANY_REQUESTS, MODEL_FAILED, MODEL_UNAVAILABLE, INDEX_UNAVAILABLE, DEADLINE_EXCEEDED
     */
    @PostMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Nullable ResponseEntity<AnswerJson> askInConversation(
            Caller caller,
            @PathVariable String id,
            @RequestBody NewQuestion body,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response) {
        ConversationId conversation = new ConversationId(id);
        MessageId replaces = replaced(body.replaces());
        SearchFilter filter = SearchFilterRequest.parse(body.filter());
        String stored = filter.isEmpty() ? null : json.writeValueAsString(body.filter());
        Caller asker = admission.admit(caller, null, request, response);
        TurnStarted started = questions.ask(asker, conversation, body.content(), replaces, filter, stored);
        MessageRenderer.store(request, conversation, started.answer());
        if (AcceptHeader.acceptsEventStream(accept)) {
            writer.write(started.stream(), 0, asker, started.searched(), response);
            return null;
        }
        Answer answer = AwaitedAnswer.await(started.stream());
        Message message = messages.find(asker, conversation, started.answer());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(presenter.toJson(answer, message, asker));
    }

    /**
     * Continues the stream of an answer, or gives it again.
     *
     * @param lastEvent id of the last event that was received; null for all events
     * @throws LecternException GONE if the answer was interrupted
     */
    @GetMapping(path = "/{messageId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void followAnswer(
            Caller caller,
            @PathVariable String id,
            @PathVariable String messageId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent,
            HttpServletResponse response) {
        responder.writeEvents(answer(caller, id, messageId), LastEventIdHeader.parse(lastEvent), caller, response);
    }

    /** Stops the writing of an answer. The text so far stays stored. */
    @PostMapping("/{messageId}/stop")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stopAnswer(Caller caller, @PathVariable String id, @PathVariable String messageId) {
        Message message = answer(caller, id, messageId);
        questions.stop(caller, message.conversation(), message.id());
    }

    private static @Nullable MessageId replaced(@Nullable String id) {
        if (id != null && id.isEmpty()) {
            throw LecternException.invalid(
                    "replaces", "The field `replaces` is empty. Send the id of a question, or leave it out.");
        }
        return id == null ? null : new MessageId(id);
    }

    private Message answer(Caller caller, String conversation, String messageId) {
        Message message = messages.find(caller, new ConversationId(conversation), new MessageId(messageId));
        if (message.role() != Role.ANSWER) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND,
                    "This message is a question, and only answers have a stream. Take the id of the answer.");
        }
        return message;
    }
}
