package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

/** Records events that could not be parsed in the call. LangChain4j only logs such a failure and ignores the event. */
final class FailureRecordingListener implements ServerSentEventListener {
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
        try {
            listener.onEvent(event, context);
        } catch (RuntimeException e) {
            call.recordParseFailure(e);
            throw e;
        }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            call.recordParseFailure(e);
            throw e;
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
