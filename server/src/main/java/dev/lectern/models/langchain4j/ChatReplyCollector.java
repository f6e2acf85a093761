package dev.lectern.models.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.text.TokenEstimator;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the reply of a model. A stream that ends without a finish reason, known or not, is a failure. */
final class ChatReplyCollector implements StreamingChatResponseHandler {
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();
    private @Nullable ChatResponse response;
    private @Nullable Throwable failure;
    private @Nullable RuntimeException consumerFailure;

    ChatReplyCollector(Consumer<String> onText) {
        this.onText = onText;
    }

    @Override
    public void onPartialResponse(String piece) {
        // The client for OpenAI reads on behind an event that it could not parse.
        if (piece.isEmpty() || consumerFailure != null || failure != null) {
            return;
        }
        text.append(piece);
        try {
            onText.accept(piece);
        } catch (RuntimeException e) {
            consumerFailure = e;
            throw e;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = complete;
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
    }

    /** Rethrows what the consumer of the text threw; that is no failure of the model. */
    void rethrowConsumerFailure() {
        if (consumerFailure != null) {
            throw consumerFailure;
        }
    }

    /** @param finished whether the service gave a reason for the end that LangChain4j may not know */
    boolean isComplete(boolean finished) {
        return failure == null && response != null && (response.finishReason() != null || finished);
    }

    Throwable failure() {
        return failure != null ? failure : new IOException("The stream ended before the reply was complete");
    }

    ChatReply toReply(String model, ChatRequest request) {
        ChatReply.Finish finish = ChatReply.Finish.COMPLETE;
        TokenUsage usage = null;
        if (response != null) {
            usage = response.tokenUsage();
            finish = switch (response.finishReason()) {
                case null -> ChatReply.Finish.OTHER;
                case LENGTH -> ChatReply.Finish.LENGTH;
                case CONTENT_FILTER -> ChatReply.Finish.FILTERED;
                case STOP -> ChatReply.Finish.COMPLETE;
                case TOOL_EXECUTION, OTHER -> ChatReply.Finish.OTHER;
            };
        }
        Integer input = usage == null ? null : usage.inputTokenCount();
        Integer output = usage == null ? null : usage.outputTokenCount();
        return new ChatReply(
                text.toString(),
                finish,
                model,
                input == null ? request.estimateTokens() : input,
                output == null ? TokenEstimator.of(text) : output,
                input == null || output == null);
    }

    ChatReply toCancelledReply(String model, ChatRequest request) {
        return toEstimatedReply(ChatReply.Finish.CANCELLED, model, request);
    }

    /** The service blocked the prompt and sent no finish reason. */
    ChatReply toFilteredReply(String model, ChatRequest request) {
        return toEstimatedReply(ChatReply.Finish.FILTERED, model, request);
    }

    private ChatReply toEstimatedReply(ChatReply.Finish finish, String model, ChatRequest request) {
        return new ChatReply(text.toString(), finish, model, request.estimateTokens(), TokenEstimator.of(text), true);
    }
}
