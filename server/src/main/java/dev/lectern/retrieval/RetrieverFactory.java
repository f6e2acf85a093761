package dev.lectern.retrieval;

import dev.lectern.models.Embedder;

/** Creates retrievers for a given embedder, active or not, that neither cache results nor use a chat model. Embedders are compared with them. */
public interface RetrieverFactory {

    /** @param embedder one that has an index */
    Retriever searchingWith(Embedder embedder);
}
