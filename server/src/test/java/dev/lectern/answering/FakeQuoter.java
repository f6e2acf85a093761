package dev.lectern.answering;

import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.Quoter;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** Quotes the first sentence of the first passage, or what it is told to. */
public final class FakeQuoter implements Quoter {
    public volatile boolean weak;
    public volatile QuoteOutcome outcome = new QuoteOutcome.Quotes(List.of(new QuoteOutcome.Quote(1, 0, 52)), 0.9);

    @Override
    public QuoteOutcome quote(
            String question,
            List<QuotablePassage> passages,
            boolean weak,
            ModelCallContext context,
            Deadline deadline) {
        this.weak = weak;
        return outcome;
    }
}
