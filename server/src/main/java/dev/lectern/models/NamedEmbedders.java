package dev.lectern.models;

/** The embedders of this process by their names, for who moves the library from one to another. Thread-safe. */
public interface NamedEmbedders {

    /** What {@code LECTERN_EMBEDDER} says. */
    String configured();

    /**
     * The same object for the same name, closed with the program. Its model is loaded when it is first used.
     *
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST when there is no such kind of embedder
     */
    Embedder named(String name);

    /** On this node the embedder with this fingerprint goes by this name, whatever the others call theirs: the path of a model's folder may differ. */
    void remember(String fingerprintId, String name);
}
