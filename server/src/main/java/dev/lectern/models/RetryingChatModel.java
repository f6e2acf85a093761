package dev.lectern.models;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tries a call again that failed before its first word. */
final class RetryingChatModel implements ChatModel {
    private final ChatModel model;
    private final Retries retries;

    RetryingChatModel(ChatModel model, Retries retries) {
        this.model = model;
        this.retries = retries;
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

    @Override
    public void close() {
        model.close();
    }

    @Override
    public String toString() {
        return "Retrying[" + model + "]";
    }
}
