package dev.lectern.library;

import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.jdbc.JdbcIndexCopy;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;

/**
 * Fills another index than the one that serves, from the texts and embeddings in the database: nothing is read or embedded again, and the library is not
 * changed. It may be used and changed meanwhile. What agrees is not written, so it may be killed and begun again.
 */
public interface IndexCopy {

    /**
     * @param library the library's database, for this alone; closed by the caller
     * @param target closed by the caller
     */
    static IndexCopy of(Connection library, PassageIndexRegistry target, InstantSource clock) {
        return new JdbcIndexCopy(library, target, clock);
    }

    /**
     * Fills and compares until nothing is missing.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE} when the target fails, or does not agree in the end
     */
    Report run(Progress progress);

    interface Progress {
        /** Now and then: how many passages were added, and how many had to be when it was looked last. */
        void added(long passages, long all);
    }

    /**
     * What is in the target.
     *
     * @param added passages; 0 when nothing was missing
     * @param found passages that were looked for by their own embedding, and found
     * @param lost documents whose embeddings are not in the database: they are to be ingested again
     * @param changing documents that came, changed or went while it was compared for the last time: the start with the new settings sees to them
     */
    record Report(List<Count> collections, long added, int found, List<String> lost, int changing) {
        public Report {
            collections = List.copyOf(collections);
            lost = List.copyOf(lost);
        }
    }

    /** As many in the library as in the target. */
    record Count(String collection, long passages) {}
}
