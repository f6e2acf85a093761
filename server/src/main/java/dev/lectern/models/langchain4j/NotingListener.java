package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

/** Tells the call of an event that could not be read: LangChain4j logs such a failure and goes on as if nothing had come. */
final class NotingListener implements ServerSentEventListener {
    private final ServerSentEventListener listener;
    private final UpstreamCall call;

    NotingListener(ServerSentEventListener listener, UpstreamCall call) {
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
            call.unreadable(e);
            throw e;
        }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            call.unreadable(e);
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
