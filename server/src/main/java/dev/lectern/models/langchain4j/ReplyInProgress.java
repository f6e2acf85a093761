package dev.lectern.models.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.text.TokenEstimator;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers what a model writes. A stream that ends without the service saying so counts as broken off, not as complete. */
final class ReplyInProgress implements StreamingChatResponseHandler {
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();
    private @Nullable ChatResponse response;
    private @Nullable Throwable failure;
    private @Nullable RuntimeException readersFailure;

    ReplyInProgress(Consumer<String> onText) {
        this.onText = onText;
    }

    @Override
    public void onPartialResponse(String piece) {
        if (piece.isEmpty() || readersFailure != null) {
            return;
        }
        text.append(piece);
        try {
            onText.accept(piece);
        } catch (RuntimeException e) {
            readersFailure = e;
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

    /** Our own code failed while it took a piece: that is no fault of the model. */
    void rethrowReadersFailure() {
        if (readersFailure != null) {
            throw readersFailure;
        }
    }

    boolean isComplete() {
        return failure == null && response != null && response.finishReason() != null;
    }

    Throwable failure() {
        return failure != null ? failure : new IOException("The stream ended before the reply was complete");
    }

    ChatReply complete(String model, ChatRequest request) {
        ChatReply.Finish finish = ChatReply.Finish.COMPLETE;
        TokenUsage usage = null;
        if (response != null) {
            usage = response.tokenUsage();
            finish = response.finishReason() == FinishReason.LENGTH
                    ? ChatReply.Finish.LENGTH
                    : response.finishReason() == FinishReason.CONTENT_FILTER
                            ? ChatReply.Finish.FILTERED
                            : ChatReply.Finish.COMPLETE;
        }
        Integer input = usage == null ? null : usage.inputTokenCount();
        Integer output = usage == null ? null : usage.outputTokenCount();
        return new ChatReply(
                text.toString(),
                finish,
                model,
                input == null ? request.estimateTokens() : input,
                output == null ? TokenEstimator.of(text) : output);
    }

    ChatReply cancelled(String model, ChatRequest request) {
        return new ChatReply(
                text.toString(), ChatReply.Finish.CANCELLED, model, request.estimateTokens(), TokenEstimator.of(text));
    }
}
