package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.update.RecordedLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds files that are at another path than before, by their identity. Only identities with a time of birth count: without one, the number of a deleted file
 * cannot be told from that of a new one that was given the same number, so there only equal bytes make a file the same.
 */
final class MoveDetector {
    private final Map<String, RecordedLocation> known;
    private final SourceListing listing;

    MoveDetector(Map<String, RecordedLocation> known, SourceListing listing) {
        this.known = known;
        this.listing = listing;
    }

    /**
     * What has moved.
     *
     * @param moves from each former path to the present one; each path at most once on each side
     * @param waiting the same of files that are moved by a later look or scan
     * @param unsettled present paths of those that wait because they may still change
     * @param isOverwriting whether some wait because they would overwrite a location whose file was not found once
     */
    record Result(
            Map<String, String> moves, Map<String, String> waiting, List<String> unsettled, boolean isOverwriting) {}

    /**
     * Compares.
     *
     * @param isUnsettled whether an item changed so short a time ago that more may follow, such as the next step of an editor that saves a file
     * @param isConfirmed whether an earlier listing had the same file at the same path; only such files may overwrite a location, since the file of that one
     *     may have been missed if it was renamed while the source was listed
     */
    Result detect(Predicate<Item> isUnsettled, Predicate<Item> isConfirmed) {
        Map<FileIdentity, Deque<String>> vacated = findVacated();
        Map<String, String> moves = new LinkedHashMap<>();
        Map<String, String> waiting = new LinkedHashMap<>();
        List<String> unsettled = new ArrayList<>();
        for (Item item : listing.items()) {
            FileIdentity identity = item.identity();
            RecordedLocation before = known.get(item.path());
            boolean stayed = before != null && (before.identity() == null || before.identity().equals(identity));
            Deque<String> paths = identity == null ? null : vacated.get(identity);
            String from = paths == null || stayed ? null : paths.poll();
            if (from != null && isUnsettled.test(item)) {
                waiting.put(from, item.path());
                unsettled.add(item.path());
            } else if (from != null) {
                moves.put(from, item.path());
            }
        }
        Map<String, String> overwriting = findOverwriting(moves, waiting, isConfirmed);
        moves.keySet().removeAll(overwriting.keySet());
        waiting.putAll(overwriting);
        holdBack(moves, waiting);
        return new Result(moves, waiting, unsettled, !overwriting.isEmpty());
    }

    /** The known paths, by identity, at which that file is not any more. */
    private Map<FileIdentity, Deque<String>> findVacated() {
        Map<FileIdentity, Deque<String>> vacated = new HashMap<>();
        for (String path : new TreeSet<>(known.keySet())) {
            RecordedLocation location = known.get(path);
            FileIdentity identity = location == null ? null : location.identity();
            if (identity != null && identity.bornAt() != 0 && isVacated(path, identity)) {
                vacated.computeIfAbsent(identity, one -> new ArrayDeque<>()).add(path);
            }
        }
        return vacated;
    }

    private boolean isVacated(String path, FileIdentity identity) {
        Item item = listing.find(path);
        return item == null ? !listing.isHidden(path) : item.identity() != null && !identity.equals(item.identity());
    }

    private Map<String, String> findOverwriting(
            Map<String, String> moves, Map<String, String> waiting, Predicate<Item> isConfirmed) {
        Map<String, String> overwriting = new HashMap<>();
        moves.forEach((from, to) -> {
            Item item = listing.find(to);
            boolean overwrites = known.containsKey(to) && !moves.containsKey(to) && !waiting.containsKey(to);
            if (overwrites && item != null && !isConfirmed.test(item)) {
                overwriting.put(from, to);
            }
        });
        return overwriting;
    }

    /** A move to a path whose own file waits to be moved would overwrite it. */
    private static void holdBack(Map<String, String> moves, Map<String, String> waiting) {
        Deque<String> blocked = new ArrayDeque<>(waiting.keySet());
        Map<String, String> byTarget = new HashMap<>();
        moves.forEach((from, to) -> byTarget.put(to, from));
        for (String path = blocked.poll(); path != null; path = blocked.poll()) {
            String from = byTarget.get(path);
            if (from != null && moves.remove(from) != null) {
                waiting.put(from, path);
                blocked.add(from);
            }
        }
    }
}
