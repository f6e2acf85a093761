package dev.lectern.models;

import org.jspecify.annotations.Nullable;

/**
 * The reply of a chat model.
 *
 * @param model name of the model that wrote the reply, which may be a fallback
 * @param inputTokens as the service counted them, or an estimate if it does not report them
 * @param outputTokens likewise
 * @param estimated whether tokens are estimated
 * @param fallback set when another model than the first one wrote the reply, else null
 */
public record ChatReply(
        String text,
        Finish finish,
        String model,
        int inputTokens,
        int outputTokens,
        boolean estimated,
        @Nullable ModelFallback fallback) {
    public enum Finish {
        COMPLETE,
        /** Stopped at the token limit. */
        LENGTH,
        /** Blocked by the content filter of the service. */
        FILTERED,
        /** Ended by the service for a reason that it does not explain. */
        OTHER,
        CANCELLED
    }

    /** A reply of the model that was asked. */
    public ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens, boolean estimated) {
        this(text, finish, model, inputTokens, outputTokens, estimated, null);
    }

    /** A reply with the tokens that the service counted. */
    public ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens) {
        this(text, finish, model, inputTokens, outputTokens, false);
    }

    /** The same reply, written in the place of another model. */
    public ChatReply withFallback(ModelFallback steppedInFor) {
        return new ChatReply(text, finish, model, inputTokens, outputTokens, estimated, steppedInFor);
    }
}
