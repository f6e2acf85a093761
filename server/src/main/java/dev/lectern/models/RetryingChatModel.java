package dev.lectern.models;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tries a call again that failed before its first word. */
final class RetryingChatModel extends ChatModelAround {
    private final Retries retries;

    RetryingChatModel(ChatModel model, Retries retries) {
        super("Retrying", model);
        this.retries = retries;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        AtomicBoolean begun = new AtomicBoolean();
        Consumer<String> noting = text -> {
            begun.set(true);
            onText.accept(text);
        };
        return retries.call(
                () -> model.write(request, noting, cancellation, deadline),
                () -> !begun.get() && !cancellation.isCancelled(),
                deadline);
    }
}
