package dev.lectern.library.consistency;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.update.OriginalOutbox;
import dev.lectern.library.update.OutboxProcessor;
import dev.lectern.storage.NodeRegistry;
import org.springframework.stereotype.Component;

/** Recovers the library at the start and cleans it up while the program runs. Every method can be repeated. */
@Component
public class LibraryMaintenance {
    private final OutboxProcessor outboxes;
    private final OriginalOutbox originalOutbox;
    private final OriginalStore originals;
    private final NodeRegistry nodeRegistry;
    private final IndexRefiller refiller;
    private final EmbeddingRepository embeddings;
    private final IndexCompleteness completeness;
    private volatile boolean repaired;

    LibraryMaintenance(
            OutboxProcessor outboxes,
            OriginalOutbox originalOutbox,
            OriginalStore originals,
            NodeRegistry nodeRegistry,
            IndexRefiller refiller,
            EmbeddingRepository embeddings,
            IndexCompleteness completeness) {
        this.outboxes = outboxes;
        this.originalOutbox = originalOutbox;
        this.originals = originals;
        this.nodeRegistry = nodeRegistry;
        this.refiller = refiller;
        this.embeddings = embeddings;
        this.completeness = completeness;
    }

    /** Completes what a killed process left and refills incomplete indexes. To be called at the start, before anything is ingested. */
    public void recover() {
        // Another node may be storing bytes that nothing refers to yet.
        boolean alone = nodeRegistry.countOthers() == 0;
        if (alone) {
            originals.deleteTemporaryFiles();
        }
        outboxes.executeAll();
        repairAll();
        if (alone && !originals.isShared()) {
            originals.forEach(originalOutbox::deleteUnreferenced);
        }
    }

    /** Repairs indexes again after {@link #recover} failed, or when the rebuild of an incomplete index has stalled. Documents may be committed meanwhile. */
    public void repairIncompleteIndexes() {
        if (!repaired || completeness.isRebuildStalled()) {
            outboxes.executeAll();
            repairAll();
        }
    }

    private void repairAll() {
        refiller.repairAll();
        repaired = true;
    }

    /** Retries deletions that an index rejected and deletes unused embeddings. Not to be called while documents are being prepared. */
    public void cleanUp() {
        outboxes.executeAll();
        embeddings.deleteUnused();
    }
}
