package dev.lectern.models;

import java.util.List;

/**
 * The embeddings of one call.
 *
 * @param vectors in the order of the texts
 * @param tokens of all texts with their prefixes, as the model counted them, zero or more
 * @param estimated whether the tokens are estimated, since the service did not report them
 */
public record EmbeddingReply(List<float[]> vectors, long tokens, boolean estimated) {
    public EmbeddingReply {
        vectors = List.copyOf(vectors);
    }
}
