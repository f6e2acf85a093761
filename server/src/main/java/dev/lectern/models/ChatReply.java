package dev.lectern.models;

/**
 * The reply of a chat model.
 *
 * @param model name of the model that wrote the reply, which may be a fallback
 * @param inputTokens as the service counted them, or an estimate if it does not report them
 * @param outputTokens likewise
 * @param estimated whether tokens are estimated
 */
public record ChatReply(
        String text, Finish finish, String model, int inputTokens, int outputTokens, boolean estimated) {
    /** A reply with the tokens that the service counted. */
    public ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens) {
        this(text, finish, model, inputTokens, outputTokens, false);
    }

    public enum Finish {
        COMPLETE,
        /** Stopped at the token limit. */
        LENGTH,
        /** Blocked by the content filter of the service. */
        FILTERED,
        CANCELLED
    }
}
