package dev.lectern.retrieval;

/** Which rankings a search uses. */
public enum RetrievalMode {
    /** Both, fused. */
    HYBRID,
    /** By words (BM25). */
    LEXICAL,
    /** By embeddings (cosine). */
    DENSE
}
