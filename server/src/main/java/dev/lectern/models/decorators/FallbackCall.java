package dev.lectern.models.decorators;

import dev.lectern.models.ChatReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.LecternException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link FallbackChatModel}: whether a model has begun to write, and what the models before it used. Not thread-safe. */
final class FallbackCall {
    private final Consumer<String> onText;
    private volatile boolean begun;
    private @Nullable ModelFallback fallback;
    private @Nullable ChatReply attempts;

    FallbackCall(Consumer<String> onText) {
        this.onText = onText;
    }

    /** White space is nothing that a reader sees, so that another model may still begin. */
    void passOn(String text) {
        begun |= !text.isBlank();
        onText.accept(text);
    }

    boolean hasBegun() {
        return begun;
    }

    /** @param reply what the model sent; null if it sent nothing */
    void recordAttempt(String first, String reason, @Nullable ChatReply reply) {
        if (fallback == null) {
            fallback = new ModelFallback(first, reason);
        }
        if (reply != null) {
            attempts = attempts == null ? reply : reply.withTokensOf(attempts);
        }
    }

    /** The reply of the last model with the tokens of all. */
    ChatReply complete(ChatReply reply) {
        ChatReply counted = attempts == null ? reply : reply.withTokensOf(attempts);
        return fallback == null ? counted : counted.withFallback(fallback);
    }

    /** The failure of the last model with the tokens of all. */
    LecternException withAttempts(LecternException failure) {
        if (attempts == null || !(failure instanceof ModelCallException call)) {
            return failure;
        }
        ChatReply received = call.received();
        return call.withReceived(received == null ? attempts : received.withTokensOf(attempts));
    }
}
