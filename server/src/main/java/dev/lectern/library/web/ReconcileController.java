package dev.lectern.library.web;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.library.consistency.Reconciler.Repair;
import dev.lectern.library.consistency.Reconciler.Report;
import dev.lectern.shared.Caller;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Compares and repairs database, indexes and originals; for operators. */
@RestController
@RequestMapping(path = "/api/v1/library", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class ReconcileController {
    /** Maximum listed items of each kind. */
    private static final int MAX_ITEMS = 100;

    private final Reconciler reconciler;
    private final OriginalStore originals;

    ReconcileController(Reconciler reconciler, OriginalStore originals) {
        this.reconciler = reconciler;
        this.originals = originals;
    }

    /**
     * Differences of one kind.
     *
     * @param count number of all of them
     * @param items the first 100 of them
     */
    record DriftPart(int count, List<String> items) {
        static DriftPart of(List<String> all) {
            return new DriftPart(
                    all.size(), all.stream().sorted().limit(MAX_ITEMS).toList());
        }
    }

    /**
     * The differences between database, index and originals.
     *
     * @param agrees whether there is no drift
     * @param missingInIndex documents whose present version is not or not completely in the index
     * @param strayInIndex versions in the index that are not present
     * @param missingOriginals hashes of documents whose bytes are not stored
     * @param unownedOriginals hashes of stored bytes without a document
     * @param originalsShared whether unowned originals may belong to another library, and so are never deleted
     * @param unfinished outbox entries that are still to be carried out; no drift
     */
    record DriftView(
            boolean agrees,
            DriftPart missingInIndex,
            DriftPart strayInIndex,
            DriftPart missingOriginals,
            DriftPart unownedOriginals,
            boolean originalsShared,
            int unfinished) {}

    /**
     * The result of a repair.
     *
     * @param found the differences before
     * @param left the differences that are left
     */
    record RepairView(DriftView found, DriftView left) {}

    /** Compares database, index and originals, and shows the differences. Changes nothing. */
    @GetMapping("/drift")
    DriftView findDrift(Caller caller) {
        return view(reconciler.compare(caller));
    }

    /** Repairs the differences between database, index and originals. Shows what was found, and what is left. */
    @PostMapping("/repair")
    RepairView repairDrift(Caller caller) {
        Repair repair = reconciler.repair(caller);
        return new RepairView(view(repair.found()), view(repair.left()));
    }

    private DriftView view(Report report) {
        return new DriftView(
                report.isWhole(),
                DriftPart.of(report.missingInIndex()),
                DriftPart.of(report.strayInIndex()),
                DriftPart.of(report.missingOriginals()),
                DriftPart.of(report.strayOriginals()),
                originals.isShared(),
                report.unfinished().size());
    }
}
