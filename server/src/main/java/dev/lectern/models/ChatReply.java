package dev.lectern.models;

import org.jspecify.annotations.Nullable;

/**
 * The reply of a chat model.
 *
 * @param model name of the model that wrote the reply, which may be a fallback
 * @param inputTokens as the service counted them, or an estimate if it does not report them
 * @param outputTokens likewise, thoughts included, since services charge them as output
 * @param estimated whether tokens are estimated
 * @param thinkingTokens the part of the output tokens that the model thought with; 0 if it did not think or the service does not say
 * @param answeringModel the model that the service says it used, without the name of the service; null when it does not say
 * @param fallback set when another model than the first one wrote the reply, else null
 */
public record ChatReply(
        String text,
        Finish finish,
        String model,
        int inputTokens,
        int outputTokens,
        boolean estimated,
        int thinkingTokens,
        @Nullable String answeringModel,
        @Nullable ModelFallback fallback) {
    public enum Finish {
        COMPLETE,
        /** Stopped at the token limit. */
        LENGTH,
        /** Blocked by the content filter of the service. */
        FILTERED,
        /** Ended by the service for a reason that is known to leave the reply unfinished. */
        OTHER,
        CANCELLED
    }

    /** A reply of the model that was asked. */
    public ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens, boolean estimated) {
        this(text, finish, model, inputTokens, outputTokens, estimated, 0, null, null);
    }

    /** A reply with the tokens that the service counted. */
    public ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens) {
        this(text, finish, model, inputTokens, outputTokens, false);
    }

    /** Whether it has any text to read. */
    public boolean hasText() {
        return !text.isBlank();
    }

    /** The same reply with the tokens of earlier attempts, which the services charge as well. */
    public ChatReply withTokensOf(ChatReply attempt) {
        return new ChatReply(
                text,
                finish,
                model,
                inputTokens + attempt.inputTokens,
                outputTokens + attempt.outputTokens,
                estimated || attempt.estimated,
                thinkingTokens + attempt.thinkingTokens,
                answeringModel,
                fallback);
    }

    /** The same reply, written in the place of another model. */
    public ChatReply withFallback(ModelFallback steppedInFor) {
        return new ChatReply(
                text,
                finish,
                model,
                inputTokens,
                outputTokens,
                estimated,
                thinkingTokens,
                answeringModel,
                steppedInFor);
    }
}
