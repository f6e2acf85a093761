package dev.lectern.models;

/**
 * The reply of a chat model.
 *
 * @param model name of the model that wrote the reply, which may be a fallback
 * @param inputTokens as the service counted them, or an estimate if it does not report them
 * @param outputTokens likewise
 */
public record ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens) {
    public enum Finish {
        COMPLETE,
        /** Stopped at the token limit. */
        LENGTH,
        /** Blocked by the content filter of the service. */
        FILTERED,
        CANCELLED
    }
}
