package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.regex.Pattern;

/**
 * Records an event that could not be parsed in the call, and ends the stream there. The failure is not passed on to LangChain4j, which would log it with
 * its stack trace, ignore the event and go on; the failure of the call is reported instead.
 */
final class FailureRecordingListener implements ServerSentEventListener {
    /** Gemini's way to say that its content filter blocks the prompt. LangChain4j ignores it, so that the stream would look torn. */
    private static final Pattern PROMPT_BLOCKED = Pattern.compile("\"promptFeedback\"\\s*:\\s*\\{\\s*\"blockReason\"");

    /** An error of the service instead of a piece of the reply, after the status 200. LangChain4j ignores it. */
    private static final Pattern SERVICE_ERROR = Pattern.compile("^\\s*\\{\\s*\"error\"\\s*:\\s*[{\"]");

    /** The service ended the reply, for whatever reason. LangChain4j drops reasons that it does not know, so that the stream would look torn. */
    private static final Pattern FINISHED = Pattern.compile("\"finish(_r|R)eason\"\\s*:\\s*\"");

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
        if (SERVICE_ERROR.matcher(event.data()).find()) {
            call.recordServiceError();
            context.parsingHandle().cancel();
            return;
        }
        if (FINISHED.matcher(event.data()).find()) {
            call.recordFinished();
        }
        if (PROMPT_BLOCKED.matcher(event.data()).find()) {
            call.recordBlockedPrompt();
        }
        try {
            listener.onEvent(event, context);
        } catch (RuntimeException e) {
            call.recordParseFailure(e);
            context.parsingHandle().cancel();
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
