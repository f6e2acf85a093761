package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
        for (ChatModel model : models.subList(0, models.size() - 1)) {
            try {
                return model.write(request, noting, cancellation, deadline);
            } catch (LecternException e) {
                if (begun.get() || e.code() == ErrorCode.DEADLINE_EXCEEDED || e.code() == ErrorCode.SHUTTING_DOWN) {
                    throw e;
                }
                log.warn("Chat model {} failed, trying the next model: {}", model.name(), e.getMessage());
            }
        }
        return models.getLast().write(request, noting, cancellation, deadline);
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
