package dev.lectern.models;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Asks a model that keeps failing nothing for a while, so that the next one answers at once. */
final class CircuitChatModel implements ChatModel {
    private final ChatModel model;
    private final Circuit circuit;

    CircuitChatModel(ChatModel model, Circuit circuit) {
        this.model = model;
        this.circuit = circuit;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int maxInputTokens() {
        return model.maxInputTokens();
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        return circuit.call(() -> model.write(request, onText, cancellation, deadline));
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public String toString() {
        return "Circuit[" + model + "]";
    }
}
