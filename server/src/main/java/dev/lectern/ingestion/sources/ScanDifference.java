package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.update.RecordedLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a source differs from its recorded locations.
 *
 * @param moves from each former path to the present one
 * @param added items without a location
 * @param present items with their locations, at their present paths
 * @param linked items without a location whose file has another location that is present, by its path; they follow it
 * @param succeeding items without a location at the former paths of files that were moved; they come after the moves
 * @param leftOut locations that the owner of the source wants left out now
 * @param missing locations whose file is not found, at their former paths
 * @param unsettled paths of items that were moved and may still change, so that a later scan follows them
 * @param isIncomplete whether another look is needed to follow all that was moved
 * @param dangling locations that are links to a file of the source that is not where it was, with its identity
 */
record ScanDifference(
        Map<String, String> moves,
        List<Item> added,
        List<Present> present,
        Map<Item, String> linked,
        List<Item> succeeding,
        List<RecordedLocation> leftOut,
        List<RecordedLocation> missing,
        List<String> unsettled,
        boolean isIncomplete,
        Map<String, FileIdentity> dangling) {

    /** The files that have a location at which they were found. */
    Set<FileIdentity> findPresentFiles() {
        Set<FileIdentity> files = new HashSet<>();
        present.forEach(one -> addIdentity(files, one.item()));
        return files;
    }

    /** An item with what was recorded of it. */
    record Present(Item item, RecordedLocation before) {}

    /**
     * Compares a listing with what is known.
     *
     * @param known locations of the source, by path
     * @param isUnsettled as of {@link MoveDetector#detect}
     * @param isConfirmed likewise; another file than before at a path replaces the former one only then
     */
    static ScanDifference of(
            Map<String, RecordedLocation> known,
            SourceListing listing,
            Predicate<Item> isUnsettled,
            Predicate<Item> isConfirmed) {
        MoveDetector.Result detected = new MoveDetector(known, listing).detect(isUnsettled, isConfirmed);
        Map<String, RecordedLocation> left = move(known, detected.moves());
        List<Present> present = new ArrayList<>();
        List<Item> unknown = new ArrayList<>();
        Map<FileIdentity, String> there = new HashMap<>();
        Set<String> undecided = new HashSet<>(detected.waiting().keySet());
        undecided.addAll(detected.waiting().values());
        // Further names of these files wait with them: alone they would look like new files.
        Set<FileIdentity> postponed = new HashSet<>();
        boolean incomplete = detected.isOverwriting();
        for (Item item : listing.items()) {
            if (undecided.contains(item.path())) {
                addIdentity(postponed, item);
                continue;
            }
            RecordedLocation before = left.remove(item.path());
            if (before == null) {
                unknown.add(item);
            } else if (ItemChange.isOtherFile(item, before) && !isConfirmed.test(item)) {
                // Files that are just exchanging their names look so, too.
                incomplete = true;
                addIdentity(postponed, item);
            } else {
                present.add(new Present(item, before));
                if (item.identity() != null) {
                    there.putIfAbsent(item.identity(), item.path());
                }
            }
        }
        List<Item> added = new ArrayList<>();
        Map<Item, String> linked = new LinkedHashMap<>();
        List<Item> succeeding = new ArrayList<>();
        for (Item item : unknown) {
            String other = item.identity() == null ? null : there.get(item.identity());
            if (other != null) {
                linked.put(item, other);
            } else if (item.identity() == null || !postponed.contains(item.identity())) {
                (known.containsKey(item.path()) ? succeeding : added).add(item);
            }
        }
        List<RecordedLocation> leftOut = new ArrayList<>();
        List<RecordedLocation> missing = new ArrayList<>();
        for (RecordedLocation location : left.values()) {
            String path = location.path();
            if (listing.isLeftOut(path)) {
                leftOut.add(location);
            } else if (!undecided.contains(path) && !listing.isDanglingLink(path) && !listing.isHidden(path)) {
                missing.add(location);
            }
        }
        return new ScanDifference(
                detected.moves(),
                added,
                present,
                linked,
                succeeding,
                leftOut,
                missing,
                detected.unsettled(),
                incomplete,
                findDangling(left.values(), known.values(), undecided, listing));
    }

    private static void addIdentity(Set<FileIdentity> identities, Item item) {
        if (item.identity() != null) {
            identities.add(item.identity());
        }
    }

    private static Map<String, RecordedLocation> move(Map<String, RecordedLocation> known, Map<String, String> moves) {
        Map<String, RecordedLocation> moved = new HashMap<>(known);
        moved.keySet().removeAll(moves.keySet());
        moves.forEach((from, to) -> {
            RecordedLocation location = known.get(from);
            if (location != null) {
                moved.put(to, location.at(to));
            }
        });
        return moved;
    }

    /** Links that lead nowhere and led to a file that has another location: what became of that file is known. */
    private static Map<String, FileIdentity> findDangling(
            Collection<RecordedLocation> left,
            Collection<RecordedLocation> known,
            Set<String> undecided,
            SourceListing listing) {
        Set<FileIdentity> targets = new HashSet<>();
        for (RecordedLocation location : known) {
            if (location.identity() != null && !listing.isDanglingLink(location.path())) {
                targets.add(location.identity());
            }
        }
        Map<String, FileIdentity> dangling = new HashMap<>();
        for (RecordedLocation location : left) {
            FileIdentity identity = location.identity();
            String path = location.path();
            boolean link = listing.isDanglingLink(path) && !undecided.contains(path);
            if (identity != null && link && targets.contains(identity)) {
                dangling.put(path, identity);
            }
        }
        return dangling;
    }
}
