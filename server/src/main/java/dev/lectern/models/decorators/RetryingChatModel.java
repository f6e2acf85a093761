package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Retries calls that failed before their first word. */
final class RetryingChatModel extends ChatModelDecorator {
    private final ModelCallRetrier modelCallRetrier;

    RetryingChatModel(ChatModel model, ModelCallRetrier modelCallRetrier) {
        super("Retrying", model);
        this.modelCallRetrier = modelCallRetrier;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        AtomicBoolean begun = new AtomicBoolean();
        Consumer<String> noting = text -> {
            begun.set(true);
            onText.accept(text);
        };
        return modelCallRetrier.call(
                () -> model.write(request, noting, cancellation, deadline),
                () -> !begun.get() && !cancellation.isCancelled(),
                request.firstTextBy() == null ? deadline : request.firstTextBy());
    }
}
