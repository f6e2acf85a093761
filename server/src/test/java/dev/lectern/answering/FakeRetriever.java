package dev.lectern.answering;

import dev.lectern.retrieval.RankedPassage;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.RetrievalResult;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Finds what it is told to. */
public final class FakeRetriever implements Retriever {
    public volatile List<RankedPassage> passages = SamplePassages.RANKED;
    public volatile Evidence evidence = Evidence.ENOUGH;
    public volatile @Nullable ErrorCode fails;
    public volatile @Nullable RetrievalRequest last;

    public volatile boolean consistent = true;
    public final AtomicInteger searches = new AtomicInteger();

    @Override
    public RetrievalResult retrieve(RetrievalRequest request) {
        searches.incrementAndGet();
        last = request;
        ErrorCode code = fails;
        if (code != null) {
            throw new LecternException(code, "The index cannot be used. Wait a moment.");
        }
        return new RetrievalResult(request.question(), passages, evidence, consistent, RetrievalResult.ModelTimes.NONE);
    }
}
