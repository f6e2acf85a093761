package dev.lectern.library;

/** A prepared passage has no stored embedding; making it again helps. */
public final class MissingEmbeddingException extends RuntimeException {
    public MissingEmbeddingException() {
        super("The embedding of a prepared passage is no longer stored");
    }
}
