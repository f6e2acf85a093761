package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Fails fast while the circuit of a chat model is open, so that the fallback model answers at once. */
final class CircuitBreakerChatModel extends ChatModelDecorator {
    private final CircuitBreaker circuitBreaker;

    CircuitBreakerChatModel(ChatModel model, CircuitBreaker circuitBreaker) {
        super("Circuit", model);
        this.circuitBreaker = circuitBreaker;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        return circuitBreaker.call(() -> model.write(request, onText, cancellation, deadline));
    }
}
