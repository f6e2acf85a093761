package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

/**
 * Records in the call what an event says beside its text, and passes the event on in the form that LangChain4j understands. An event that could not be parsed
 * is recorded, too, and ends the stream. The failure is not passed on to LangChain4j, which would log it with
 * its stack trace, ignore the event and go on; the failure of the call is reported instead.
 */
final class FailureRecordingListener implements ServerSentEventListener {
    private static final String DONE = "[DONE]";

    private final ServerSentEventListener listener;
    private final UpstreamCall call;

    FailureRecordingListener(ServerSentEventListener listener, UpstreamCall call) {
        this.listener = listener;
        this.call = call;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (call.parseFailure() != null || call.hasServiceError()) {
            return;
        }
        call.recordEvent();
        if (event.data().equals(DONE)) {
            call.facts().recordDoneMark();
            return;
        }
        ReplyEvent reply = ReplyEvent.parse(event.data());
        if (reply != null && reply.isError()) {
            call.recordServiceError();
            context.parsingHandle().cancel();
            return;
        }
        if (reply != null) {
            record(reply);
        }
        try {
            listener.onEvent(
                    reply == null ? event : new ServerSentEvent(event.event(), reply.normalized()), context);
            call.recordEvent();
        } catch (RuntimeException e) {
            call.recordParseFailure(e);
            context.parsingHandle().cancel();
        }
    }

    private void record(ReplyEvent reply) {
        call.facts().record(reply);
        if (reply.isPromptBlocked()) {
            call.recordBlockedPrompt();
        }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        if (call.parseFailure() != null) {
            return;
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            call.recordParseFailure(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        listener.onError(error);
    }

    @Override
    public void onClose() {
        listener.onClose();
    }
}
