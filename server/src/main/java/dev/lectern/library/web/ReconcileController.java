package dev.lectern.library.web;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.Reconciler;
import dev.lectern.library.Reconciler.Repair;
import dev.lectern.library.Reconciler.Report;
import dev.lectern.shared.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether ledger, index and originals agree, for who has the key file. */
@RestController
@RequestMapping("/api/v1/library")
class ReconcileController {
    private static final String FOR_OPERATORS =
            "The library is compared and repaired from the server's command line: lectern reconcile.";

    /** Of each kind; more are counted. */
    private static final int SHOWN = 100;

    private final Reconciler reconciler;
    private final OriginalStore originals;

    ReconcileController(Reconciler reconciler, OriginalStore originals) {
        this.reconciler = reconciler;
        this.originals = originals;
    }

    /** @param items the first 100 */
    record DriftPart(int count, List<String> items) {
        static DriftPart of(List<String> all) {
            return new DriftPart(all.size(), all.stream().sorted().limit(SHOWN).toList());
        }
    }

    /**
     * @param agrees whether there is no drift
     * @param missingInIndex documents whose present version is not or not wholly in the index
     * @param strayInIndex versions in the index that nobody is shown
     * @param missingOriginals hashes of documents whose bytes are gone
     * @param unownedOriginals hashes of bytes that no document has
     * @param originalsShared whether unowned originals may be somebody else's, and so are never deleted
     * @param unfinished deletions that are still to be carried out; no drift
     */
    record DriftView(
            boolean agrees,
            DriftPart missingInIndex,
            DriftPart strayInIndex,
            DriftPart missingOriginals,
            DriftPart unownedOriginals,
            boolean originalsShared,
            int unfinished) {}

    record RepairView(DriftView found, DriftView left) {}

    @GetMapping("/drift")
    DriftView drift(Caller caller) {
        caller.requireOperator(FOR_OPERATORS);
        return view(reconciler.compare());
    }

    @PostMapping("/repair")
    RepairView repair(Caller caller) {
        caller.requireOperator(FOR_OPERATORS);
        Repair repair = reconciler.repair();
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
