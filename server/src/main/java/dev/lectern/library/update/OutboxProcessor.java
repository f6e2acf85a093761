package dev.lectern.library.update;

import org.springframework.stereotype.Component;

/** Carries out the deletions in the outboxes of the indexes and the originals. Every deletion can be repeated. */
@Component
public class OutboxProcessor {
    private final IndexOutbox index;
    private final OriginalOutbox originals;

    OutboxProcessor(IndexOutbox index, OriginalOutbox originals) {
        this.index = index;
        this.originals = originals;
    }

    /** Carries out the entries of a transaction after its end. */
    void execute(OutboxEntries entries) {
        index.execute(entries.index());
        originals.execute(entries.originals());
    }

    /** Carries out all entries that no running change reserved, including those of dead nodes. */
    public void executeAll() {
        index.executeUnreserved();
        originals.executeAll();
    }
}
