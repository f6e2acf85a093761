package dev.lectern.library.update;

/** A prepared passage has no stored embedding of the active embedder. Preparing the document again repairs it. */
public final class MissingEmbeddingException extends RuntimeException {
    public MissingEmbeddingException() {
        super("The embedding of a prepared passage is no longer stored, or another embedder is active now");
    }
}
