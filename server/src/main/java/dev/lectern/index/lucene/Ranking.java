package dev.lectern.index.lucene;

/** Every constant that decides what is found and in which order. Changing one is measured with {@code lectern eval} and {@code bench}. */
final class Ranking {
    /** BM25 as Anserini sets it for passages: a word's tenth occurrence adds little, and length counts less than usual. */
    static final float K1 = 0.9f;

    static final float B = 0.4f;

    /** What of a question is read; the words of a longer one say nothing new. UTF-16 units. */
    static final int MAX_QUESTION_LENGTH = 20_000;

    /** The rarest words of a question that are searched for. */
    static final int MAX_TERMS = 256;

    /** HNSW: neighbours of a node, and how far the graph is searched when one is added. */
    static final int NEIGHBOURS = 16;

    static final int BEAM = 100;

    /** The graph is asked for at least this many, which are then ranked by their unquantised vectors: for ten that finds 99.9 % of the nearest. */
    static final int MIN_CANDIDATES = 60;

    /** In scopes of up to this many passages every embedding is compared. */
    static final int EXACT_BELOW = 4_096;

    private Ranking() {}
}
