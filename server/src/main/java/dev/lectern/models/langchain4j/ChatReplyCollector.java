package dev.lectern.models.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.text.TokenEstimator;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the reply of a model, without its thoughts. A stream that ends neither with a reason nor with the mark of its end is a failure. */
final class ChatReplyCollector implements StreamingChatResponseHandler {
    private final Consumer<String> onText;
    private final ThoughtFilter filter;
    private final TextLimit limit;
    private final Runnable onFull;
    private boolean full;
    private final StringBuilder text = new StringBuilder();
    private @Nullable ChatResponse response;
    private @Nullable Throwable failure;
    private @Nullable RuntimeException consumerFailure;

    /** @param onFull runs once, when the text is longer than {@code limit}; later pieces are dropped */
    ChatReplyCollector(
            Consumer<String> onText, ReplyFacts facts, boolean mayBeginInThought, TextLimit limit, Runnable onFull) {
        this.onText = onText;
        this.limit = limit;
        this.onFull = onFull;
        this.filter = new ThoughtFilter(this::passOn, facts::addThoughts, mayBeginInThought);
    }

    @Override
    public void onPartialResponse(String piece) {
        // The client for OpenAI reads on behind an event that it could not parse.
        if (piece.isEmpty() || consumerFailure != null || failure != null) {
            return;
        }
        filter.write(piece);
    }

    /** Passes on what the filter of thoughts held back. */
    void end() {
        if (consumerFailure == null) {
            filter.end();
        }
    }

    /** Whether thoughts were passed on as text, since their beginning was not marked. */
    boolean hasLeakedThoughts() {
        return filter.hasLeaked();
    }

    /** Whether the text began with thoughts whose beginning was not marked. */
    boolean hasUnmarkedThoughts() {
        return filter.hasUnmarkedBeginning();
    }

    private void passOn(String piece) {
        if (consumerFailure != null || full) {
            return;
        }
        text.append(piece);
        try {
            onText.accept(piece);
        } catch (RuntimeException e) {
            consumerFailure = e;
            throw e;
        }
        full = limit.isPassedWith(piece);
        if (full) {
            onFull.run();
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

    /** Whether the stream ended as a reply does. LangChain4j ends broken ones like others. */
    boolean isComplete(ReplyFacts facts) {
        return failure == null && response != null && facts.isFinished();
    }

    Throwable failure() {
        return failure != null ? failure : new IOException("The stream ended before the reply was complete");
    }

    ChatReply toReply(String model, ChatRequest request, ReplyFacts facts) {
        return toReply(facts.finish(), model, request, facts);
    }

    ChatReply toCancelledReply(String model, ChatRequest request, ReplyFacts facts) {
        return toReply(ChatReply.Finish.CANCELLED, model, request, facts);
    }

    /** The text reached the tokens that were asked for, and the rest was not read. */
    ChatReply toCutReply(String model, ChatRequest request, ReplyFacts facts) {
        return toReply(ChatReply.Finish.LENGTH, model, request, facts);
    }

    /** What was received of a reply that failed. */
    ChatReply toPartialReply(String model, ChatRequest request, ReplyFacts facts) {
        return toReply(ChatReply.Finish.OTHER, model, request, facts);
    }

    /** The service blocked the prompt and sent no finish reason. */
    ChatReply toFilteredReply(String model, ChatRequest request, ReplyFacts facts) {
        return toReply(ChatReply.Finish.FILTERED, model, request, facts);
    }

    private ChatReply toReply(ChatReply.Finish finish, String model, ChatRequest request, ReplyFacts facts) {
        Integer input = facts.inputTokens();
        Integer output = facts.outputTokens();
        int thinking = facts.thinkingTokens();
        int written = TokenEstimator.of(text) + thinking;
        // Before the end of a reply, services name what they have counted so far, which may be nothing.
        boolean isFinal = facts.isFinished() && input != null && output != null;
        int counted = output == null ? 0 : output;
        int outputTokens = isFinal ? counted : Math.max(written, counted);
        return new ChatReply(
                text.toString(),
                finish,
                model,
                input == null || (!isFinal && input == 0) ? request.estimateTokens() : input,
                outputTokens,
                !isFinal,
                Math.min(outputTokens, thinking),
                facts.model(),
                null);
    }
}
