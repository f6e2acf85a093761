package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.Money;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageEntry.Outcome;
import dev.lectern.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An embedder that records the calls of a model in the usage ledger: each request that reached a service, also a failed one, and of a model in this process
 * one entry for the calls of a job and one for each other call.
 */
final class LedgerEmbedder implements Embedder {
    private final String name;
    private final EmbeddingModel model;
    private final UsageLedger ledger;
    private final InstantSource clock;

    /** @param name as {@code LECTERN_EMBEDDER} takes it */
    LedgerEmbedder(String name, EmbeddingModel model, UsageLedger ledger, InstantSource clock) {
        this.name = name;
        this.model = model;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return recorded(context, wordings.size(), () -> model.embedQuestions(wordings, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return recorded(context, passages.size(), () -> model.embedPassages(passages, deadline));
    }

    private List<float[]> recorded(ModelCallContext context, int texts, Supplier<EmbeddingReply> call) {
        Instant begun = clock.instant();
        EmbeddingReply reply;
        try {
            reply = call.get();
        } catch (RuntimeException e) {
            if (!UnsentRequestDetector.isUnsent(e)) {
                record(context, begun, texts, 0, false, Outcome.FAILED);
            }
            throw e;
        }
        record(context, begun, texts, reply.tokens(), reply.estimated(), Outcome.DONE);
        return reply.vectors();
    }

    private void record(
            ModelCallContext context, Instant begun, int texts, long tokens, boolean estimated, Outcome outcome) {
        UsageEntry entry = new UsageEntry(
                begun,
                name,
                context,
                1,
                texts,
                tokens,
                0,
                estimated,
                outcome,
                Duration.between(begun, clock.instant()),
                model.isRemote() ? null : Money.ZERO);
        if (model.isRemote() || context.job() == null) {
            ledger.record(entry);
        } else {
            ledger.addToJob(entry);
        }
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return model.fingerprint();
    }

    @Override
    public Set<String> languages() {
        return model.languages();
    }

    @Override
    public int maxTokens() {
        return model.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return model.countTokens(text);
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public String toString() {
        return "Ledger[" + model + "]";
    }
}
