package dev.lectern.models.decorators;

import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.Quoter;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Money;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageEntry.Outcome;
import dev.lectern.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Records each extractive answer in the usage ledger, at no cost and with no call, so that the ledger has every answer of a caller. */
final class LedgerQuoter implements Quoter {
    private final Quoter quoter;
    private final UsageLedger ledger;
    private final InstantSource clock;

    LedgerQuoter(Quoter quoter, UsageLedger ledger, InstantSource clock) {
        this.quoter = quoter;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public QuoteOutcome quote(
            String question,
            List<QuotablePassage> passages,
            boolean weak,
            ModelCallContext context,
            Deadline deadline) {
        Instant begun = clock.instant();
        Outcome outcome = Outcome.FAILED;
        try {
            QuoteOutcome quoted = quoter.quote(question, passages, weak, context, deadline);
            outcome = Outcome.DONE;
            return quoted;
        } finally {
            Duration took = Duration.between(begun, clock.instant());
            ledger.record(new UsageEntry(
                    begun, NAME, context.forStep(Purpose.ANSWER), 0, 0, 0, 0, false, outcome, took, Money.ZERO));
        }
    }

    @Override
    public String toString() {
        return "Ledger[" + quoter + "]";
    }
}
