package dev.lectern.retrieval;

import dev.lectern.models.Embedder;

/** Makes retrievers that search with an embedder of the caller's choice, in force or not; they keep nothing and ask no chat model. For comparisons. */
public interface RetrieverFactory {

    /** @param embedder whose index there is */
    Retriever searchingWith(Embedder embedder);
}
