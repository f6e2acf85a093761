package dev.lectern.models.anthropic;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.lectern.models.langchain4j.ChatDialect;
import dev.lectern.models.langchain4j.ReplyParameters;
import java.util.List;

/** Calls a model by the API of Anthropic. Its models think only when they are asked to, which they are not. */
final class AnthropicDialect implements ChatDialect {
    private final AnthropicStreamingChatModel client;

    AnthropicDialect(AnthropicStreamingChatModel client) {
        this.client = client;
    }

    @Override
    public void stream(
            List<ChatMessage> messages, ReplyParameters parameters, StreamingChatResponseHandler handler) {
        client.chat(
                ChatRequest.builder()
                        .messages(messages)
                        .temperature(parameters.temperature())
                        .maxOutputTokens(parameters.maxTokens())
                        .build(),
                handler);
    }

    @Override
    public boolean prefersCompletionTokens() {
        return false;
    }

    @Override
    public boolean mayThink() {
        return false;
    }
}
