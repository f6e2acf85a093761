package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the next model when one fails before its first word. Throws the failure of the last one. */
final class FallbackChatModel implements ChatModel {
    private static final Logger log = LoggerFactory.getLogger(FallbackChatModel.class);

    private final List<ChatModel> models;

    /** @param models in the order of their use, at least one */
    FallbackChatModel(List<ChatModel> models) {
        this.models = List.copyOf(models);
    }

    @Override
    public String name() {
        return models.getFirst().name();
    }

    /** The minimum of all models, so that a prompt fits each of them. */
    @Override
    public int maxInputTokens() {
        return models.stream().mapToInt(ChatModel::maxInputTokens).min().orElseThrow();
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        AtomicBoolean begun = new AtomicBoolean();
        Consumer<String> noting = text -> {
            begun.set(true);
            onText.accept(text);
        };
        @Nullable ModelFallback fallback = null;
        for (int i = 0; i < models.size(); i++) {
            ChatModel model = models.get(i);
            try {
                ChatReply reply = model.write(request, noting, cancellation, deadline);
                return fallback == null ? reply : reply.withFallback(fallback);
            } catch (LecternException e) {
                if (begun.get()
                        || i == models.size() - 1
                        || e.code() == ErrorCode.DEADLINE_EXCEEDED
                        || e.code() == ErrorCode.SHUTTING_DOWN) {
                    throw e;
                }
                if (fallback == null) {
                    fallback = new ModelFallback(name(), ModelFallback.reasonOf(e));
                }
                // The monitor of the model reports the failure to the operator.
                log.debug("Chat model {} failed, trying the next model: {}", model.name(), e.getMessage());
            }
        }
        throw new IllegalStateException("There is no chat model");
    }

    @Override
    public void close() {
        models.forEach(ChatModel::close);
    }

    @Override
    public String toString() {
        return "Fallback" + models.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
