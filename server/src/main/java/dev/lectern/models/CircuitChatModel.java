package dev.lectern.models;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Asks a model that keeps failing nothing for a while, so that the next one answers at once. */
final class CircuitChatModel extends ChatModelAround {
    private final Circuit circuit;

    CircuitChatModel(ChatModel model, Circuit circuit) {
        super("Circuit", model);
        this.circuit = circuit;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        return circuit.call(() -> model.write(request, onText, cancellation, deadline));
    }
}
