package dev.lectern.index.lucene;

/** Parameters of Lucene: BM25, the HNSW graph and the limits of queries. Measure every change with {@code lectern eval} and {@code bench}. */
final class LuceneTuning {
    /** BM25 parameters of Anserini for passages: term frequency saturates early, and length normalisation is weaker than Lucene's default. */
    static final float K1 = 0.9f;

    static final float B = 0.4f;

    /** Maximum length of a question in UTF-16 units; the rest is ignored. */
    static final int MAX_QUESTION_LENGTH = 20_000;

    /** Maximum number of terms of a query; the rarest terms are used. */
    static final int MAX_TERMS = 256;

    /** HNSW: number of connections of a node (M), and beam width while building the graph (efConstruction). */
    static final int MAX_CONNECTIONS = 16;

    static final int EF_CONSTRUCTION = 100;

    /** Number of candidates for each wanted hit, which are rescored by unquantised vectors. */
    static final int OVERSAMPLING = 4;

    /**
     * In scopes with up to this many passages, all quantised vectors are compared. The graph is faster only in larger ones, and finds two thirds of the passages about rare
     * topics.
     */
    static final int SCAN_LIMIT = 500_000;

    /** Minimum number of candidates from the graph. With fewer, the search stays among the passages of large topics. */
    static final int MIN_CANDIDATES = 1_000;

    private LuceneTuning() {}
}
