package dev.lectern.models.langchain4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of a model's reply, as the protocols of OpenAI, Gemini and Anthropic write it. It knows what LangChain4j drops: reasons for the end that it has no constant for,
 * thoughts beside the text, their tokens, and errors after the status 200.
 */
final class ReplyEvent {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> THOUGHT_FIELDS = List.of("reasoning_content", "reasoning", "thinking");

    private final ObjectNode root;

    private ReplyEvent(ObjectNode root) {
        this.root = root;
    }

    /** Null for what is no JSON object. */
    static @Nullable ReplyEvent parse(String data) {
        List<ReplyEvent> events = parseBody(data);
        return events.size() == 1 ? events.getFirst() : null;
    }

    /** The events of a body that is one JSON object, or an array of them; none for anything else. */
    static List<ReplyEvent> parseBody(String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException malformed) {
            return List.of();
        }
        List<ReplyEvent> events = new ArrayList<>();
        if (json instanceof ObjectNode object) {
            events.add(new ReplyEvent(object));
        } else if (json instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (element instanceof ObjectNode object) {
                    events.add(new ReplyEvent(object));
                }
            }
        }
        return events;
    }

    /** The event as the service sent it. */
    String raw() {
        return JSON.writeValueAsString(root);
    }

    /** An error of the service instead of a piece of the reply. */
    boolean isError() {
        return root.path("error").isObject() || root.path("error").isString();
    }

    /** Whether it belongs to a reply at all. */
    boolean isReply() {
        return root.has("choices")
                || root.has("candidates")
                || root.has("promptFeedback")
                || root.path("type").asString("").startsWith("message");
    }

    /** Gemini's way to say that its content filter blocks the prompt. */
    boolean isPromptBlocked() {
        return root.path("promptFeedback").path("blockReason").isString();
    }

    /** Why the reply ends, in the words of the service; null when it goes on. */
    @Nullable String finishReason() {
        String openAi = text(choice().path("finish_reason"));
        if (openAi != null) {
            return openAi;
        }
        String anthropic = text(root.path("delta").path("stop_reason"));
        return anthropic == null ? text(candidate().path("finishReason")) : anthropic;
    }

    /** The model that the service says it used. */
    @Nullable String model() {
        String openAi = text(root.path("model"));
        if (openAi != null) {
            return openAi;
        }
        String anthropic = text(root.path("message").path("model"));
        return anthropic == null ? text(root.path("modelVersion")) : anthropic;
    }

    /** Tokens of the prompt; null when the service does not say. */
    @Nullable Integer inputTokens() {
        Integer openAi = number(root.path("usage").path("prompt_tokens"));
        if (openAi != null) {
            return openAi;
        }
        Integer anthropic = number(anthropicUsage().path("input_tokens"));
        return anthropic == null ? number(root.path("usageMetadata").path("promptTokenCount")) : anthropic;
    }

    /** Tokens of the reply with its thoughts, as they are charged; null when the service does not say. */
    @Nullable Integer outputTokens() {
        Integer anthropic = number(anthropicUsage().path("output_tokens"));
        if (anthropic != null) {
            return anthropic;
        }
        return root.path("usage").isObject() ? openAiOutputTokens() : geminiOutputTokens();
    }

    /** The first event has the tokens of the prompt, the last one those of the reply, with its thoughts. */
    private JsonNode anthropicUsage() {
        return root.path("message").has("usage") ? root.path("message").path("usage") : root.path("usage");
    }

    /** Thoughts are a part of the completion. A few services count them beside it, which the sum shows. */
    private @Nullable Integer openAiOutputTokens() {
        JsonNode usage = root.path("usage");
        Integer completion = number(usage.path("completion_tokens"));
        Integer input = inputTokens();
        Integer thinking = thinkingTokens();
        if (completion == null || input == null || thinking == null) {
            return completion;
        }
        boolean beside = usage.path("total_tokens").asInt(0) == input + completion + thinking;
        return beside ? completion + thinking : completion;
    }

    /** Thoughts are counted beside the text, and a text that is empty has no number. */
    private @Nullable Integer geminiOutputTokens() {
        Integer text = number(root.path("usageMetadata").path("candidatesTokenCount"));
        Integer thinking = thinkingTokens();
        if (text == null && thinking == null) {
            return null;
        }
        return (text == null ? 0 : text) + (thinking == null ? 0 : thinking);
    }

    /** The tokens that the model thought with; null when the service does not say. */
    @Nullable Integer thinkingTokens() {
        Integer openAi =
                number(root.path("usage").path("completion_tokens_details").path("reasoning_tokens"));
        return openAi == null ? number(root.path("usageMetadata").path("thoughtsTokenCount")) : openAi;
    }

    /** The thoughts that stand beside the text, empty if there are none. */
    String thoughts() {
        JsonNode delta = delta();
        for (String field : THOUGHT_FIELDS) {
            if (delta.path(field).isString()) {
                return delta.path(field).asString();
            }
        }
        StringBuilder thoughts = new StringBuilder(root.path("delta").path("thinking").asString(""));
        for (JsonNode block : delta.path("content")) {
            thoughts.append(isThought(block) ? String.join("", block.findValuesAsString("text")) : "");
        }
        for (JsonNode part : candidate().path("content").path("parts")) {
            thoughts.append(part.path("thought").asBoolean(false) ? part.path("text").asString("") : "");
        }
        return thoughts.toString();
    }

    /**
     * The event as LangChain4j understands it: a whole message becomes a piece, content in blocks becomes one text, and thoughts are left out.
     */
    String normalized() {
        if (choice() instanceof ObjectNode choice) {
            if (choice.path("message").isObject() && !choice.has("delta")) {
                choice.set("delta", choice.remove("message"));
            }
            if (choice.path("delta") instanceof ObjectNode delta) {
                THOUGHT_FIELDS.forEach(delta::remove);
                delta.remove("reasoning_details");
                if (delta.path("content").isArray()) {
                    delta.put("content", textOfBlocks(delta.path("content")));
                }
            }
        }
        if (candidate() instanceof ObjectNode candidate) {
            // The reason is known, and LangChain4j refuses one that it has no constant for.
            candidate.remove("finishReason");
        }
        if (candidate().path("content").path("parts") instanceof ArrayNode parts) {
            String text = textOfParts(parts);
            parts.removeAll();
            parts.addObject().put("text", text);
        }
        return JSON.writeValueAsString(root);
    }

    /** LangChain4j would put an empty line between parts, which may begin in the middle of a word. */
    private static String textOfParts(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            text.append(part.path("thought").asBoolean(false) ? "" : part.path("text").asString(""));
        }
        return text.toString();
    }

    /** Magistral's way: blocks of the types {@code text} and {@code thinking}. */
    private static String textOfBlocks(JsonNode blocks) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : blocks) {
            if (block.isString()) {
                text.append(block.asString());
            } else if (!isThought(block)) {
                text.append(block.path("text").asString(""));
            }
        }
        return text.toString();
    }

    private static boolean isThought(JsonNode block) {
        String type = block.path("type").asString("").toLowerCase(Locale.ROOT);
        return type.contains("think") || type.contains("reason");
    }

    private JsonNode choice() {
        return root.path("choices").path(0);
    }

    private JsonNode candidate() {
        return root.path("candidates").path(0);
    }

    private JsonNode delta() {
        JsonNode delta = choice().path("delta");
        return delta.isMissingNode() ? choice().path("message") : delta;
    }

    private static @Nullable Integer number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? Math.max(0, node.asInt()) : null;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? node.asString() : null;
    }
}
