package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the next model when one fails, or ends, before its first word. Each model but the last has an equal share of the time that is left to begin in, so
 * that one that hangs leaves the others their time. Throws the failure of the last one, or returns its reply without text.
 */
final class FallbackChatModel implements ChatModel {
    private static final Logger log = LoggerFactory.getLogger(FallbackChatModel.class);

    private final List<ChatModel> models;
    private final InstantSource clock;

    /** @param models in the order of their use, at least one */
    FallbackChatModel(List<ChatModel> models, InstantSource clock) {
        this.models = List.copyOf(models);
        this.clock = clock;
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
        FallbackCall call = new FallbackCall(onText);
        for (int i = 0; i < models.size(); i++) {
            boolean last = i == models.size() - 1;
            ChatRequest limited = last ? request : request.withFirstTextBy(share(deadline, models.size() - i));
            ChatReply reply = tryModel(models.get(i), limited, call, cancellation, deadline, last);
            if (reply != null) {
                return call.complete(reply);
            }
        }
        throw new IllegalStateException("There is no chat model");
    }

    private Deadline share(Deadline deadline, int models) {
        return deadline.atMost(deadline.remaining(clock).dividedBy(models), clock);
    }

    /** Null when the next model is to be tried. */
    private @Nullable ChatReply tryModel(
            ChatModel model,
            ChatRequest request,
            FallbackCall call,
            Cancellation cancellation,
            Deadline deadline,
            boolean last) {
        try {
            ChatReply reply = model.write(request, call::passOn, cancellation, deadline);
            boolean useless = !reply.hasText() && reply.finish() != ChatReply.Finish.CANCELLED;
            if (last || call.hasBegun() || !useless || cancellation.isCancelled()) {
                return reply;
            }
            call.recordAttempt(name(), ModelFallback.reasonOf(reply.finish()), reply);
            log.debug("Chat model {} wrote nothing ({}), trying the next model", model.name(), reply.finish());
        } catch (LecternException e) {
            if (last
                    || call.hasBegun()
                    || cancellation.isCancelled()
                    || deadline.hasPassed(clock)
                    || e.code() == ErrorCode.SHUTTING_DOWN) {
                throw call.withAttempts(e);
            }
            call.recordAttempt(
                    name(), ModelFallback.reasonOf(e), e instanceof ModelCallException failed ? failed.received() : null);
            // The monitor of the model reports the failure to the operator.
            log.debug("Chat model {} failed, trying the next model: {}", model.name(), e.getMessage());
        }
        return null;
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
