package dev.lectern.answering.web;

import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.http.ResponseRenderer;
import dev.lectern.http.StoredResponse;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives the answer to a repeated question of a conversation again from its message: as it may be shown now, and complete even if the first stream broke. */
@Component
final class MessageRenderer implements ResponseRenderer {
    private static final String NAME = "message";
    private static final JsonMapper STATES = JsonMapper.builder().build();

    private final MessageService messages;
    private final MessageResponder responder;
    private final JsonMapper json;

    MessageRenderer(MessageService messages, MessageResponder responder, JsonMapper json) {
        this.messages = messages;
        this.responder = responder;
        this.json = json;
    }

    private record State(String conversation, String answer) {}

    /** Has the response to a request stored, if the request has an Idempotency-Key. */
    static void store(HttpServletRequest request, ConversationId conversation, MessageId answer) {
        StoredResponse.render(
                request, NAME, () -> STATES.writeValueAsString(new State(conversation.value(), answer.value())));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void render(String state, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        State stored = STATES.readValue(state, State.class);
        Message answer =
                messages.find(caller, new ConversationId(stored.conversation()), new MessageId(stored.answer()));
        if (AcceptHeader.acceptsEventStream(request.getHeader("Accept"))) {
            responder.writeEvents(answer, 0, caller, response);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(responder.await(answer, caller)));
    }
}
