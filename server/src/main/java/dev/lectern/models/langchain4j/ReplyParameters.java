package dev.lectern.models.langchain4j;

import org.jspecify.annotations.Nullable;

/**
 * What a request says about the reply.
 *
 * @param maxTokens of text and thoughts together; null for none
 * @param asCompletionTokens whether OpenAI's newer name is used for the maximum
 * @param temperature null for that of the model
 * @param thinking never {@link ThinkingLevel#DEFAULT}; null for what the model does by itself
 * @param headRoom the part of {@code maxTokens} that was added for thoughts
 */
public record ReplyParameters(
        @Nullable Integer maxTokens,
        boolean asCompletionTokens,
        @Nullable Double temperature,
        @Nullable ThinkingLevel thinking,
        int headRoom) {

    /** Whether the request contains the parameter. */
    boolean has(ChatParameter parameter) {
        return switch (parameter) {
            case TEMPERATURE -> temperature != null;
            case THINKING -> thinking != null;
            case MAX_TOKENS -> maxTokens != null && !asCompletionTokens;
            case MAX_COMPLETION_TOKENS -> maxTokens != null && asCompletionTokens;
        };
    }
}
