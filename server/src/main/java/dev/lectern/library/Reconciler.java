package dev.lectern.library;

import java.util.List;

/** Compares ledger, index and originals. */
public interface Reconciler {

    /** Looks at everything; changes nothing. Meaningful while nothing is ingested or deleted. */
    Report compare();

    /**
     * What does not agree; all lists empty when everything does.
     *
     * @param missingInIndex versions that are shown, but not or not wholly in the index
     * @param strayInIndex versions in the index that are not shown
     * @param missingOriginals hashes of documents whose bytes are gone
     * @param strayOriginals hashes of bytes that no document has
     * @param unfinished entries of the outboxes
     */
    record Report(
            List<String> missingInIndex,
            List<String> strayInIndex,
            List<String> missingOriginals,
            List<String> strayOriginals,
            List<String> unfinished) {
        public boolean agrees() {
            return missingInIndex.isEmpty()
                    && strayInIndex.isEmpty()
                    && missingOriginals.isEmpty()
                    && strayOriginals.isEmpty()
                    && unfinished.isEmpty();
        }
    }
}
