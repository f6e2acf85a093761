package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Reports the outcome of every call to the operator, including calls that the circuit breaker rejects. */
final class MonitoredChatModel extends ChatModelDecorator {
    private final ModelCallMonitor monitor;
    private final InstantSource clock;

    MonitoredChatModel(ChatModel model, ModelCallMonitor monitor, InstantSource clock) {
        super("Monitored", model);
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        Instant begun = clock.instant();
        ChatReply reply;
        try {
            reply = model.write(request, onText, cancellation, deadline);
        } catch (RuntimeException e) {
            monitor.recordFailure(e, begun);
            throw e;
        }
        monitor.recordReply(reply);
        return reply;
    }
}
