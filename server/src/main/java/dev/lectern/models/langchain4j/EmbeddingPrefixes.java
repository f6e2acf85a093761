package dev.lectern.models.langchain4j;

/**
 * What stands before texts for an embedding model, and how long they may be.
 *
 * @param question before each question; empty for none
 * @param passage before each passage; empty for none
 * @param maxTokens maximum tokens of one text
 */
public record EmbeddingPrefixes(String question, String passage, int maxTokens) {
    private static final int GEMINI_MAX_TOKENS = 2048;
    private static final int OPENAI_MAX_TOKENS = 8191;

    /**
     * What the operator configured, or else what the model is known to need. The services {@code gemini} and {@code openai} have no prefixes for any model:
     * libraries that were made with them would not fit otherwise.
     *
     * @param model its name at the service
     */
    public static EmbeddingPrefixes of(ServiceSettings settings, String model) {
        if (!settings.isNamed()) {
            return new EmbeddingPrefixes(
                    "", "", settings.name().equals("gemini") ? GEMINI_MAX_TOKENS : OPENAI_MAX_TOKENS);
        }
        EmbeddingModelProfile known = EmbeddingModelProfile.of(model);
        return new EmbeddingPrefixes(
                chosen(settings.embedding().questionPrefix(), known.questionPrefix()),
                chosen(settings.embedding().passagePrefix(), known.passagePrefix()),
                known.maxTokens());
    }

    private static String chosen(String configured, String known) {
        return configured.equals(ServiceSettings.Embedding.AUTO) ? known : configured;
    }
}
