package dev.lectern.ingestion.sources;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells files that a person deleted from files that may only be away: on a disk that is not mounted, a share that is not there, a drive that is being
 * synchronised. A person deletes a few at a time. What may be away is kept until somebody confirms that it is gone.
 */
final class MissingFilePolicy {
    private static final int ALWAYS_FEW = 1;
    private static final int SMALL_SHARE = 10;

    private final int few;

    /** @param few how many files may be missing in one scan */
    MissingFilePolicy(int few) {
        this.few = few;
    }

    /**
     * Which of the files that are missing for the first time are kept.
     *
     * @param known all paths that were known before, the missing ones included
     * @param missing all paths that are missing
     * @param fresh those of them that were not missing before
     * @param problems folders in which there is a new problem that may be why files are not found
     */
    Set<String> findHeld(
            Collection<String> known, Collection<String> missing, Collection<String> fresh, Set<String> problems) {
        if (fresh.size() > few) {
            return new HashSet<>(fresh);
        }
        Map<String, Integer> knownBelow = countBelow(known);
        Map<String, Integer> missingBelow = countBelow(missing);
        Set<String> held = new HashSet<>();
        for (String path : fresh) {
            boolean many = Folders.above(path).stream()
                    .anyMatch(
                            folder -> isMany(missingBelow.getOrDefault(folder, 0), knownBelow.getOrDefault(folder, 0)));
            if (many || isNearProblem(path, problems)) {
                held.add(path);
            }
        }
        return held;
    }

    private static boolean isMany(int missing, int known) {
        return missing > ALWAYS_FEW && missing * SMALL_SHARE > known;
    }

    /** Whether a problem is in the folder of the file, above or below it. */
    static boolean isNearProblem(String path, Set<String> problems) {
        return problems.stream().anyMatch(problem -> Folders.isRelated(Folders.parent(path), problem));
    }

    private static Map<String, Integer> countBelow(Collection<String> paths) {
        Map<String, Integer> counts = new HashMap<>();
        paths.forEach(path -> Folders.above(path).forEach(folder -> counts.merge(folder, 1, Integer::sum)));
        return counts;
    }
}
