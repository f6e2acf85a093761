package dev.lectern.models.gemini;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatRequestParameters;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.lectern.models.langchain4j.ChatDialect;
import dev.lectern.models.langchain4j.ReplyParameters;
import dev.lectern.models.langchain4j.ThinkingLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls a model of Gemini. LangChain4j takes the level of thinking when a client is built, so that each level has a client of its own. */
final class GeminiDialect implements ChatDialect {
    private final Map<Optional<ThinkingLevel>, GoogleAiGeminiStreamingChatModel> clients = new ConcurrentHashMap<>();
    private final Function<@Nullable GeminiThinkingConfig, GoogleAiGeminiStreamingChatModel> factory;
    private final boolean takesBudget;

    /** @param factory builds a client that thinks so; null for what the model does by itself */
    GeminiDialect(
            String model, Function<@Nullable GeminiThinkingConfig, GoogleAiGeminiStreamingChatModel> factory) {
        this.factory = factory;
        this.takesBudget = model.startsWith("gemini-2.");
    }

    @Override
    public void stream(
            List<ChatMessage> messages, ReplyParameters parameters, StreamingChatResponseHandler handler) {
        GoogleAiGeminiChatRequestParameters.Builder sent = GoogleAiGeminiChatRequestParameters.builder();
        sent.temperature(parameters.temperature());
        sent.maxOutputTokens(parameters.maxTokens());
        clients.computeIfAbsent(
                        Optional.ofNullable(parameters.thinking()),
                        level -> factory.apply(level.map(this::config).orElse(null)))
                .chat(ChatRequest.builder().messages(messages).parameters(sent.build()).build(), handler);
    }

    /** Models before Gemini 3 know a number of tokens only, later ones refuse it. */
    private GeminiThinkingConfig config(ThinkingLevel level) {
        if (takesBudget) {
            return GeminiThinkingConfig.builder().thinkingBudget(level.headRoom()).build();
        }
        ThinkingLevel known = level == ThinkingLevel.NONE ? ThinkingLevel.MINIMAL : level;
        return GeminiThinkingConfig.builder().thinkingLevel(known.wireName()).build();
    }

    @Override
    public boolean prefersCompletionTokens() {
        return false;
    }

    @Override
    public boolean mayThink() {
        return true;
    }
}
