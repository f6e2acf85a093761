package dev.lectern.models;

/**
 * What a model wrote.
 *
 * @param model the one that really wrote it (a fallback may have stepped in)
 * @param inputTokens as the service counted them, or an estimate where it does not say
 * @param outputTokens likewise
 */
public record ChatReply(String text, Finish finish, String model, int inputTokens, int outputTokens) {
    public enum Finish {
        COMPLETE,
        /** Cut at the token limit. */
        LENGTH,
        /** Withheld by the service's own filter. */
        FILTERED,
        CANCELLED
    }
}
