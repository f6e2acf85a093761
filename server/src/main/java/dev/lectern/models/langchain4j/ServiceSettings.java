package dev.lectern.models.langchain4j;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one model service is reached and used, whatever its type and whichever variables configure it.
 *
 * @param name what stands before the colon in the names of its models, such as {@code gemini}
 * @param title its name at the begin of a sentence, such as {@code Gemini}
 * @param variables what its variables begin with, such as {@code LECTERN_GEMINI_}
 */
public record ServiceSettings(
        String name, String title, String variables, Access access, Chat chat, Embedding embedding) {

    /**
     * How it is called.
     *
     * @param baseUrl with the version, without the path of an operation
     * @param apiKeys used in turn; empty when the service needs none
     * @param headers added to every call, by name
     * @param hasStoredKey whether its key is not configured here, but stored in the database and replaced while the server runs
     * @param query added to the address of every call, such as {@code api-version=2024-10-21}; empty for none
     */
    public record Access(
            URI baseUrl,
            List<Secret> apiKeys,
            boolean hasStoredKey,
            Map<String, String> headers,
            String query,
            Duration connectTimeout) {
        public Access {
            apiKeys = apiKeys.stream().filter(key -> !key.isEmpty()).toList();
            headers = Map.copyOf(headers);
        }

        /** Without headers and query. */
        public Access(URI baseUrl, Secret apiKey, Duration connectTimeout) {
            this(baseUrl, List.of(apiKey), false, Map.of(), "", connectTimeout);
        }

        /** Without headers, which may be secret. */
        @Override
        public String toString() {
            return "Access[" + baseUrl + "]";
        }
    }

    /**
     * Its chat models.
     *
     * @param maxInputTokens maximum tokens of a prompt
     * @param contextTokens of prompt, thoughts and text together; 0 if it is not known
     * @param temperature 0 to 2; null for that of the model
     * @param thinking how much the models think for an answer
     * @param rewriteThinking how much they think for the steps beside it
     * @param hasSystemRole whether its models know the role {@code system}; otherwise the instructions stand before the first question
     * @param firstTokenTimeout maximum time until the first text
     * @param nextTokenTimeout maximum time between two events of a reply
     */
    public record Chat(
            int maxInputTokens,
            int contextTokens,
            @Nullable Double temperature,
            ThinkingLevel thinking,
            ThinkingLevel rewriteThinking,
            boolean hasSystemRole,
            Duration firstTokenTimeout,
            Duration nextTokenTimeout) {}

    /**
     * Its embedding models.
     *
     * @param dimensions of a model whose name says nothing else, 1 to 4096
     * @param maxTexts maximum texts of one call; 0 for the limit that its type or model is known for, as all the following
     * @param maxCallTokens maximum tokens of all texts of one call
     * @param maxTextTokens maximum tokens of one text
     * @param callsPerMinute maximum calls in a minute; 0 for no pacing
     * @param tokensPerMinute maximum tokens in a minute; 0 for no pacing
     * @param questionPrefix stands before questions; {@code auto} for what the model is known to need
     * @param passagePrefix stands before passages; {@code auto} likewise
     */
    public record Embedding(
            int dimensions,
            int maxTexts,
            int maxCallTokens,
            int maxTextTokens,
            int callsPerMinute,
            int tokensPerMinute,
            String questionPrefix,
            String passagePrefix) {
        /** The prefix that a model is known to need. */
        public static final String AUTO = "auto";

        /** Everything as the model is known for. */
        public static Embedding ofDimensions(int dimensions) {
            return new Embedding(dimensions, 0, 0, 0, 0, 0, AUTO, AUTO);
        }
    }

    /** The same service, whose key is stored in the database. */
    public ServiceSettings withStoredKey() {
        Access stored = new Access(
                access.baseUrl(), access.apiKeys(), true, access.headers(), access.query(), access.connectTimeout());
        return new ServiceSettings(name, title, variables, stored, chat, embedding);
    }

    /** Whether the operator gave it its name. Otherwise it is one of the two that are always there. */
    public boolean isNamed() {
        return variables.startsWith("LECTERN_SERVICE_");
    }

    /** The name of one of its variables, such as {@code LECTERN_GEMINI_API_KEY} for {@code API_KEY}. */
    public String variable(String setting) {
        return variables + setting;
    }
}
