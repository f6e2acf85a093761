package dev.lectern.backup;

import dev.lectern.backup.jdbc.TablePair.Sum;
import java.util.List;

/** How a move ended that did not fail. */
public sealed interface MoveResult {

    /** Everything is there, and alike. */
    record Moved(List<Table> tables) implements MoveResult {
        public Moved {
            tables = List.copyOf(tables);
        }
    }

    /** An earlier move brought everything there; nothing was done. */
    record MovedBefore() implements MoveResult {}

    /**
     * What both databases were when both were read last: the old and the new one are closed for changes then.
     *
     * @param rows as many in both
     * @param sha256 over all of them in the order of their keys, the same in both
     */
    record Table(String name, long rows, String sha256) {
        static Table of(String name, Sum sum) {
            return new Table(name, sum.rows(), sum.sha256());
        }
    }
}
