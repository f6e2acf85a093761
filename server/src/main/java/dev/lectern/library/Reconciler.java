package dev.lectern.library;

import java.util.List;

/**
 * Compares ledger, index and originals, and makes them agree. Documents may come and go meanwhile: what is only on its way is not called drift, as all is
 * looked at a second time before it is. One comparison at a time on a node.
 */
public interface Reconciler {

    /**
     * Looks at everything; changes nothing.
     *
     * @throws dev.lectern.shared.LecternException OVERLOADED while another comparison runs
     */
    Report compare();

    /**
     * Adds to the index what it lacks from the stored passages and embeddings, deletes from it what nobody is shown, and raises the generation of the
     * collections concerned, so that nothing cached outlives it. Deletes originals that no document has, unless others may keep theirs in the same
     * place. Originals that are gone are stored again by the next scan of the folder that has the file. What agrees is not touched.
     *
     * @throws dev.lectern.shared.LecternException OVERLOADED while another comparison runs
     */
    Repair repair();

    /**
     * @param found before
     * @param left after
     */
    record Repair(Report found, Report left) {}

    /**
     * What does not agree; all lists empty when everything does.
     *
     * @param missingInIndex versions that are shown, but not or not wholly in the index
     * @param strayInIndex versions in the index that are not shown, and that nothing is about to show or to delete
     * @param missingOriginals hashes of documents whose bytes are gone
     * @param strayOriginals hashes of bytes that no document has, and that nothing is about to give one or to delete
     * @param unfinished entries of the outboxes: work that goes on by itself, no drift
     */
    record Report(
            List<String> missingInIndex,
            List<String> strayInIndex,
            List<String> missingOriginals,
            List<String> strayOriginals,
            List<String> unfinished) {
        /** No drift. */
        public boolean isWhole() {
            return missingInIndex.isEmpty()
                    && strayInIndex.isEmpty()
                    && missingOriginals.isEmpty()
                    && strayOriginals.isEmpty();
        }

        /** No drift, and nothing that is still to be carried out. */
        public boolean agrees() {
            return isWhole() && unfinished.isEmpty();
        }
    }
}
