package dev.lectern.models;

import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Asks a model that keeps failing nothing for a while, so that the next one answers at once. */
final class CircuitChatModel extends ChatModelAround {
    private final CircuitBreaker circuitBreaker;

    CircuitChatModel(ChatModel model, CircuitBreaker circuitBreaker) {
        super("Circuit", model);
        this.circuitBreaker = circuitBreaker;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        return circuitBreaker.call(() -> model.write(request, onText, cancellation, deadline));
    }
}
