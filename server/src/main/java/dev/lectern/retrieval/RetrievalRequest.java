package dev.lectern.retrieval;

import dev.lectern.library.SearchFilter;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/**
 * One search.
 *
 * @param question 1 to 4,000 characters
 * @param earlierQuestions of the conversation, oldest first; empty when there is none
 * @param limit 1 to 1,000
 * @param context of the model calls of the search; each has the purpose of its step
 * @param filter which documents of the collections are searched
 * @param cancellation stops a running call of a chat model; the search itself is short and goes on
 */
public record RetrievalRequest(
        String question,
        List<String> earlierQuestions,
        ReadableCollections collections,
        RetrievalMode mode,
        int limit,
        Deadline deadline,
        ModelCallContext context,
        SearchFilter filter,
        Cancellation cancellation) {

    /** A search of all documents of the collections. */
    public RetrievalRequest(
            String question,
            List<String> earlierQuestions,
            ReadableCollections collections,
            RetrievalMode mode,
            int limit,
            Deadline deadline,
            ModelCallContext context) {
        this(question, earlierQuestions, collections, mode, limit, deadline, context, SearchFilter.NONE);
    }

    /** A search that nobody stops. */
    public RetrievalRequest(
            String question,
            List<String> earlierQuestions,
            ReadableCollections collections,
            RetrievalMode mode,
            int limit,
            Deadline deadline,
            ModelCallContext context,
            SearchFilter filter) {
        this(
                question,
                earlierQuestions,
                collections,
                mode,
                limit,
                deadline,
                context,
                filter,
                new Cancellation());
    }
}
