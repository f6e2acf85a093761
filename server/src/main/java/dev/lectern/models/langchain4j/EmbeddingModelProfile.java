package dev.lectern.models.langchain4j;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a family of embedding models is known to need. Services give models many names, such as {@code nomic-ai/nomic-embed-text-v1.5} and
 * {@code nomic-embed-text:latest}, so a family is found by a part of the name.
 *
 * @param questionPrefix stands before each question
 * @param passagePrefix stands before each passage
 * @param maxTokens maximum tokens of one text; services cut longer ones, most of them without an error
 */
record EmbeddingModelProfile(String questionPrefix, String passagePrefix, int maxTokens) {
    private static final String REPRESENT = "Represent this sentence for searching relevant passages: ";
    private static final String INSTRUCT =
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ";
    private static final int UNKNOWN_MAX_TOKENS = 8191;

    private record Family(Pattern name, EmbeddingModelProfile profile) {
        static Family of(String name, String question, String passage, int maxTokens) {
            return new Family(Pattern.compile(name), new EmbeddingModelProfile(question, passage, maxTokens));
        }
    }

    /** The first that fits counts. The texts are those of the models' own documentation. */
    private static final List<Family> FAMILIES = List.of(
            Family.of("nomic-embed", "search_query: ", "search_document: ", 2048),
            Family.of("(?<![a-z0-9])e5-mistral", INSTRUCT, "", 4096),
            Family.of("multilingual-e5-large-instruct", INSTRUCT, "", 512),
            Family.of("(?<![a-z0-9])e5-", "query: ", "passage: ", 512),
            Family.of("mxbai-embed", REPRESENT, "", 512),
            Family.of("bge-m3", "", "", 8192),
            Family.of("bge-(?:small|base|large)-zh", "为这个句子生成表示以用于检索相关文章：", "", 512),
            Family.of("bge-(?:small|base|large)", REPRESENT, "", 512),
            Family.of("snowflake-arctic-embed-?[lms]?-?v?2(?:\\.0)?(?![0-9])", "query: ", "", 8192),
            Family.of("snowflake-arctic-embed", REPRESENT, "", 512),
            Family.of("embedding-?gemma", "task: search result | query: ", "title: none | text: ", 2048),
            Family.of("gemini-embedding-2", "task: search result | query: ", "title: none | text: ", 8192),
            Family.of("gemini-embedding", "", "", 2048),
            Family.of("qwen3-embedding", INSTRUCT, "", 8192),
            Family.of("all-minilm", "", "", 256),
            Family.of("text-embedding-00[45]", "", "", 2048));

    private static final EmbeddingModelProfile UNKNOWN = new EmbeddingModelProfile("", "", UNKNOWN_MAX_TOKENS);

    /** The profile of a model by its name at the service; without prefixes for one that is not known. */
    static EmbeddingModelProfile of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return FAMILIES.stream()
                .filter(family -> family.name().matcher(name).find())
                .findFirst()
                .map(Family::profile)
                .orElse(UNKNOWN);
    }
}
