package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.Document;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.update.RecordedLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what becomes of the locations whose files a scan did not find. */
final class MissingFiles {
    private final SourceConnector connector;
    private final Source source;
    private final IngestionProperties properties;
    private final ItemReader reader;
    private final ScanRequest request;
    private final long now;
    private final Map<String, Optional<Item>> folders = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    MissingFiles(
            SourceConnector connector,
            Source source,
            IngestionProperties properties,
            ItemReader reader,
            ScanRequest request,
            long now) {
        this.connector = connector;
        this.source = source;
        this.properties = properties;
        this.reader = reader;
        this.request = request;
        this.now = now;
    }

    /**
     * What becomes of the missing files.
     *
     * @param removed paths of locations to be removed, with documents that have no other
     * @param held locations that stay, with what was recorded of them
     * @param fresh paths of those of them that were not missing before
     */
    record Decision(Set<String> removed, List<RecordedLocation> held, Set<String> fresh) {}

    /**
     * Decides.
     *
     * @param known all paths that were known before, the missing ones included
     * @param missing locations whose files are not found
     * @param listing of the source, empty also when the source is gone
     * @param findings all findings of this scan
     * @param formerProblems paths of the findings of the scan before that leave something unknown
     * @param present files that have a location at which they were found
     * @param isElsewhere whether the bytes of a missing file are at another path now
     */
    Decision decide(
            Collection<String> known,
            Collection<RecordedLocation> missing,
            Map<String, FileIdentity> dangling,
            SourceListing listing,
            Collection<SourceFinding> findings,
            Set<String> formerProblems,
            Set<FileIdentity> present,
            Predicate<RecordedLocation> isElsewhere) {
        Set<String> removed = new HashSet<>();
        List<RecordedLocation> undecided = new ArrayList<>();
        for (RecordedLocation location : missing) {
            // Of a file that was never read nothing is lost.
            if (isElsewhere.test(location) || location.hash().startsWith(Document.UNREADABLE_HASH_PREFIX)) {
                removed.add(location.path());
            } else {
                undecided.add(location);
            }
        }
        Set<String> problems = findProblems(findings, formerProblems, dangling.keySet());
        Set<String> held = request.confirmed()
                ? findHeldInSpite(undecided, listing, problems)
                : findHeld(known, undecided, listing, problems);
        List<RecordedLocation> kept = new ArrayList<>();
        Set<String> fresh = new HashSet<>();
        for (RecordedLocation location : undecided) {
            if (held.contains(location.path())) {
                kept.add(location);
                if (location.missingSince() == 0) {
                    fresh.add(location.path());
                }
            } else if (location.missingSince() != 0 || request.confirmed() || !isUnsettled(location)) {
                removed.add(location.path());
            }
        }
        addDangling(removed, dangling, missing, present);
        return new Decision(removed, kept, fresh);
    }

    /** Folders in which something cannot be read any more that could be read before. */
    private static Set<String> findProblems(
            Collection<SourceFinding> findings, Set<String> formerProblems, Set<String> explained) {
        Set<String> problems = new HashSet<>();
        for (SourceFinding finding : findings) {
            String path = finding.path();
            if (finding.kind().isUnknown() && !formerProblems.contains(path) && !explained.contains(path)) {
                boolean folder = finding.kind() == Kind.UNREADABLE_FOLDER || finding.kind() == Kind.NOT_RESPONDING;
                problems.add(folder ? path : Folders.parent(path));
            }
        }
        return problems;
    }

    /** Somebody confirmed what an earlier scan had reported, not what has become worse since. */
    private Set<String> findHeldInSpite(List<RecordedLocation> missing, SourceListing listing, Set<String> problems) {
        Set<String> held = new HashSet<>();
        for (RecordedLocation location : missing) {
            boolean worse = location.missingSince() == 0 && (listing.isEmpty() || isOnLostDisk(location, listing));
            if (worse || MissingFilePolicy.isNearProblem(location.path(), problems)) {
                held.add(location.path());
            }
        }
        return held;
    }

    private Set<String> findHeld(
            Collection<String> known, List<RecordedLocation> missing, SourceListing listing, Set<String> problems) {
        Set<String> held = new HashSet<>();
        Set<String> fresh = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (RecordedLocation location : missing) {
            String path = location.path();
            paths.add(path);
            if (location.missingSince() != 0) {
                boolean expired = now - location.missingSince()
                        >= properties.missingGrace().toMillis();
                if (!expired || listing.isEmpty() || MissingFilePolicy.isNearProblem(path, problems)) {
                    held.add(path);
                }
            } else if (listing.isEmpty()) {
                held.add(path);
            } else {
                fresh.add(path);
            }
        }
        held.addAll(new MissingFilePolicy(properties.deleteAtOnce()).findHeld(known, paths, fresh, problems));
        for (RecordedLocation location : missing) {
            if (fresh.contains(location.path()) && !held.contains(location.path()) && isOnLostDisk(location, listing)) {
                held.add(location.path());
            }
        }
        return held;
    }

    /**
     * Whether the folder of the file, or the next one above that is there, is on another disk than the file was, or does not say, or is empty and may be a
     * disk's place.
     */
    private boolean isOnLostDisk(RecordedLocation location, SourceListing listing) {
        for (String folder : Folders.above(location.path())) {
            Optional<Item> there = find(folder);
            if (unknown.contains(folder)) {
                return true;
            }
            if (there.isPresent()) {
                FileIdentity present = there.get().identity();
                FileIdentity former = location.identity();
                if (present != null && former != null) {
                    return present.device() != former.device();
                }
                return folder.equals(Folders.parent(location.path())) && listing.hasNothingIn(folder);
            }
        }
        return false;
    }

    private boolean isUnsettled(RecordedLocation location) {
        return reader.isUnsettled(
                location, find(Folders.parent(location.path())).orElse(null));
    }

    private Optional<Item> find(String folder) {
        return folders.computeIfAbsent(folder, path -> {
            try {
                return Optional.ofNullable(connector.stat(source, path));
            } catch (IOException failure) {
                unknown.add(path);
                return Optional.empty();
            }
        });
    }

    /** A link to a file of the source goes with that file. */
    private static void addDangling(
            Set<String> removed,
            Map<String, FileIdentity> dangling,
            Collection<RecordedLocation> missing,
            Set<FileIdentity> present) {
        dangling.forEach((path, identity) -> {
            List<String> targets = missing.stream()
                    .filter(location -> identity.equals(location.identity()))
                    .map(RecordedLocation::path)
                    .toList();
            if (present.contains(identity) || (!targets.isEmpty() && removed.containsAll(targets))) {
                removed.add(path);
            }
        });
    }
}
