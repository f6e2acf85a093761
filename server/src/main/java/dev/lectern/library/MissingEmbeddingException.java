package dev.lectern.library;

/** A prepared passage has no stored embedding by the embedder in force; making it again helps. */
public final class MissingEmbeddingException extends RuntimeException {
    public MissingEmbeddingException() {
        super("The embedding of a prepared passage is no longer stored, or the library has another embedder now");
    }
}
