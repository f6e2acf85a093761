package dev.lectern.models.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingModelProfileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nomic-embed-text:latest|search_query: |search_document: |2048",
                "nomic-ai/nomic-embed-text-v1.5|search_query: |search_document: |2048",
                "intfloat/multilingual-e5-small|query: |passage: |512",
                "e5-large-v2|query: |passage: |512",
                "mxbai-embed-large|Represent this sentence for searching relevant passages: ||512",
                "BAAI/bge-m3|||8192",
                "BAAI/bge-large-en-v1.5|Represent this sentence for searching relevant passages: ||512",
                "snowflake-arctic-embed-l-v2.0|query: ||8192",
                "snowflake-arctic-embed:22m|Represent this sentence for searching relevant passages: ||512",
                "embeddinggemma:300m|task: search result | query: |title: none | text: |2048",
                "gemini-embedding-001|||2048",
                "all-minilm|||256",
                "text-embedding-3-small|||8191",
                "some-e50-model|||8191"
            })
    void knownFamilies_haveTheirPrefixesAndLimits(String line) {
        // Two prefixes have the delimiter in them.
        String[] parts = line.replace("result | query", "result ¦ query")
                .replace("none | text", "none ¦ text")
                .split("\\|", -1);
        EmbeddingModelProfile profile = EmbeddingModelProfile.of(parts[0]);
        assertThat(profile)
                .isEqualTo(new EmbeddingModelProfile(
                        parts[1].replace('¦', '|'), parts[2].replace('¦', '|'), Integer.parseInt(parts[3])));
    }
}
