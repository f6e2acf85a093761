package dev.lectern.retrieval;

/** From a question to ranked passages. Thread-safe. */
public interface Retriever {

    /**
     * Searches what the request names; passages of earlier versions of documents are never among what it finds.
     *
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST for a question or limit outside its bounds, INDEX_UNAVAILABLE, MODEL_UNAVAILABLE,
     *     DEADLINE_EXCEEDED
     */
    Retrieval retrieve(RetrievalRequest request);
}
