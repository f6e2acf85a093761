package dev.lectern.models.langchain4j;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import dev.lectern.models.langchain4j.UpstreamCall.UnexpectedForm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the body of a reply. Its first character tells its form, since services and proxies name other types than they send: a stream of events, JSON of a
 * service that does not stream, which is passed on as events, or something that is no reply at all.
 */
final class ReplyReader {
    private final UpstreamCall call;
    private final ServerSentEventListener listener;

    ReplyReader(UpstreamCall call, ServerSentEventListener listener) {
        this.call = call;
        this.listener = listener;
    }

    /** @throws NonRetriableException for a body that is no reply, which is recorded in the call */
    void read(InputStream body, ServerSentEventParser parser) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(body);
        switch (firstCharacter(buffered)) {
            case '<' -> throw unexpected(UnexpectedForm.HTML);
            case '{', '[' -> readJson(buffered);
            default -> parser.parse(buffered, listener);
        }
    }

    /** The first character that is no white space; it stays in the stream. */
    private static int firstCharacter(BufferedInputStream body) throws IOException {
        while (true) {
            body.mark(1);
            int character = body.read();
            if (character < 0 || !Character.isWhitespace(character)) {
                body.reset();
                return character;
            }
        }
    }

    private void readJson(InputStream body) throws IOException {
        String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        List<ReplyEvent> events = ReplyEvent.parseBody(json);
        if (events.stream().noneMatch(event -> event.isReply() || event.isError())) {
            throw unexpected(UnexpectedForm.JSON);
        }
        ServerSentEventContext context = new ServerSentEventContext(new WholeBody());
        for (ReplyEvent event : events) {
            listener.onEvent(new ServerSentEvent(null, event.raw()), context);
        }
    }

    private NonRetriableException unexpected(UnexpectedForm form) {
        NonRetriableException failure = new NonRetriableException("The response is no reply of a model");
        call.recordParseFailure(failure);
        call.recordUnexpectedForm(form);
        return failure;
    }

    /** Nothing is left to read when the events are passed on. */
    private static final class WholeBody implements ServerSentEventParsingHandle {
        private boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
