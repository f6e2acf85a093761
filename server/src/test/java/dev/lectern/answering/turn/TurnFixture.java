package dev.lectern.answering.turn;

import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.writing.AnswerWriter;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.LibraryCollections;
import dev.lectern.retrieval.Retriever;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The turn without the cache, for the tests of other packages. */
public final class TurnFixture {
    private TurnFixture() {}

    public static Turn uncached(Retriever retriever, AnswerWriter writer, LibraryCollections collections, DocumentFields fields) {
        return new RetrievalAugmentedTurn(
                retriever,
                writer,
                new SupportCheck(),
                _ -> "en",
                new SearchScopeDescriber(collections, fields),
                new SimpleMeterRegistry(),
                10);
    }
}
