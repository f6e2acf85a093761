package dev.lectern.retrieval;

/** Finds and ranks the passages that fit a question. Thread-safe. */
public interface Retriever {

    /**
     * Searches the collections of the request. Passages of earlier versions of documents are never found.
     *
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST for a question or limit outside its bounds, INDEX_UNAVAILABLE, MODEL_UNAVAILABLE,
     *     DEADLINE_EXCEEDED
     */
    RetrievalResult retrieve(RetrievalRequest request);
}
