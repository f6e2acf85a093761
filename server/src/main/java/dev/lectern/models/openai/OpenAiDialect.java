package dev.lectern.models.openai;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.models.langchain4j.ChatDialect;
import dev.lectern.models.langchain4j.ReplyParameters;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Calls a model by the OpenAI API. */
final class OpenAiDialect implements ChatDialect {
    /** OpenAI's models that refuse {@code reasoning_effort}. */
    private static final Pattern NO_REASONING = Pattern.compile("(?:gpt-3|gpt-4|chatgpt-4)[^/]*");

    private static final Pattern REASONING = Pattern.compile("(?:gpt-[5-9]|gpt-\\d{2}|o\\d)[^/]*");

    private final OpenAiStreamingChatModel client;
    private final String model;
    private final String host;

    OpenAiDialect(OpenAiStreamingChatModel client, String model, URI baseUrl) {
        this.client = client;
        this.model = model.toLowerCase(Locale.ROOT);
        this.host = baseUrl.getHost() == null ? "" : baseUrl.getHost().toLowerCase(Locale.ROOT);
    }

    @Override
    public void stream(
            List<ChatMessage> messages, ReplyParameters parameters, StreamingChatResponseHandler handler) {
        OpenAiChatRequestParameters.Builder sent = OpenAiChatRequestParameters.builder();
        sent.temperature(parameters.temperature());
        if (parameters.asCompletionTokens()) {
            sent.maxCompletionTokens(parameters.maxTokens());
        } else {
            sent.maxOutputTokens(parameters.maxTokens());
        }
        if (parameters.thinking() != null) {
            sent.reasoningEffort(parameters.thinking().wireName());
        }
        client.chat(
                ChatRequest.builder().messages(messages).parameters(sent.build()).build(), handler);
    }

    @Override
    public boolean prefersCompletionTokens() {
        return host.equals("api.openai.com") || REASONING.matcher(model).matches();
    }

    @Override
    public boolean mayThink() {
        return !NO_REASONING.matcher(model).matches();
    }
}
