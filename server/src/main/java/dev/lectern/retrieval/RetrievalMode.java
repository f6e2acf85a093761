package dev.lectern.retrieval;

/** Which legs of the search are used. */
public enum RetrievalMode {
    HYBRID,
    LEXICAL,
    DENSE
}
