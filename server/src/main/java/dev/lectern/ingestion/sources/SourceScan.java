package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.ScanDifference.Present;
import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.ingestion.sources.SourceScanner.Outcome;
import dev.lectern.library.Document;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationKey;
import dev.lectern.library.update.LocationMove;
import dev.lectern.library.update.LocationMover;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.RecordedLocation;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Sha256;
import dev.lectern.text.VisibleText;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One scan of one source. Looks once; if files are missing or were replaced, it looks again until two looks find the same files, so that a file that was
 * renamed while the source was listed, or since, is not taken for deleted.
 */
final class SourceScan {
    /** An item that was changed this short a time ago may change again within the same timestamp. */
    private static final long FRESH_MILLIS = 2_000;

    /** In a source that changes all the time. */
    private static final int MAX_LOOKS = 4;

    private static final String NEEDS_CONFIRMATION = "needs_confirmation";

    private final Parts parts;
    private final SourceConnector connector;
    private final Source source;
    private final WritableCollection collection;
    private final ScanRequest request;
    private final PipelineVersion version;
    private final ItemReader reader;
    private final ScanArrivals arrivals;
    private final BooleanSupplier cancelled;
    private final MissingFilesReport report;
    private final Set<String> hashes = new HashSet<>();
    private final Map<String, SourceFinding> failures = new LinkedHashMap<>();
    private boolean changed;

    /** What every scan works with. */
    record Parts(
            LocationRepository locations,
            LocationMover mover,
            DocumentRegistrar registrar,
            SourceRepository sources,
            SourceFindingRepository findings,
            SameFileFinder sameFiles,
            IngestionProperties properties,
            InstantSource clock) {}

    SourceScan(
            Parts parts,
            SourceConnector connector,
            Source source,
            WritableCollection collection,
            ScanRequest request,
            PipelineVersion version,
            ItemReader reader,
            ScanArrivals arrivals,
            BooleanSupplier cancelled) {
        this.parts = parts;
        this.connector = connector;
        this.source = source;
        this.collection = collection;
        this.request = request;
        this.version = version;
        this.reader = reader;
        this.arrivals = arrivals;
        this.cancelled = cancelled;
        this.report = new MissingFilesReport(
                connector.describe(source), source, parts.properties().missingGrace());
    }

    /**
     * What a comparison with the source found.
     *
     * @param known locations before it, with those that it moved at their present paths
     * @param decisive whether documents may be deleted after it
     * @param advice why the source could not be listed, since it is not there; null when it was
     */
    private record Comparison(
            Map<String, RecordedLocation> known,
            SourceListing listing,
            ScanDifference difference,
            boolean decisive,
            @Nullable String advice) {}

    private sealed interface ComparisonResult {
        record Taken(Comparison comparison) implements ComparisonResult {}

        record Ended(Outcome outcome) implements ComparisonResult {}
    }

    Outcome run() {
        try (arrivals) {
            List<SourceListing> earlier = new ArrayList<>();
            Set<String> missing = new HashSet<>();
            while (true) {
                switch (compareWithSource(earlier)) {
                    case ComparisonResult.Ended(Outcome outcome) -> {
                        return outcome;
                    }
                    case ComparisonResult.Taken(Comparison comparison) -> {
                        Set<String> undecided = new HashSet<>();
                        comparison.difference().missing().forEach(location -> undecided.add(location.path()));
                        if (earlier.isEmpty()) {
                            missing.addAll(undecided);
                        }
                        missing.retainAll(undecided);
                        undecided.removeAll(missing);
                        if (comparison.decisive() || !isDecisionDue(comparison)) {
                            return finish(comparison, undecided);
                        }
                        earlier.add(comparison.listing());
                    }
                }
            }
        }
    }

    /** Whether a document may be deleted, or a file was not missing before. Files that are just kept on need no other comparison. */
    private boolean isDecisionDue(Comparison comparison) {
        if (comparison.difference().isIncomplete() || arrivals.isIncomplete()) {
            return true;
        }
        long expiry = now() - parts.properties().missingGrace().toMillis();
        return comparison.difference().missing().stream()
                .anyMatch(location -> request.confirmed()
                        || location.missingSince() == 0
                        || (location.missingSince() <= expiry
                                && !comparison.listing().isEmpty()));
    }

    /** @param earlier what the looks of this scan found so far */
    private ComparisonResult compareWithSource(List<SourceListing> earlier) {
        String advice = null;
        SourceListing listing;
        switch (SourceListing.read(connector, source, cancelled)) {
            case SourceListing.Result.Cancelled() -> {
                return new ComparisonResult.Ended(new Outcome.Finished(true, null));
            }
            case SourceListing.Result.Unavailable(String why, boolean missing) -> {
                int files = parts.locations().findAll(source.id(), version).size();
                if (!missing || files == 0) {
                    return new ComparisonResult.Ended(
                            new Outcome.Failed("unreadable", report.describeUnavailable(why, files, missing)));
                }
                advice = why;
                listing = SourceListing.empty();
            }
            case SourceListing.Result.Refused(String reason, Predicate<String> own) -> {
                removeOwn(own);
                return new ComparisonResult.Ended(new Outcome.Failed("own_data", reason));
            }
            case SourceListing.Result.Complete(SourceListing complete) -> listing = complete;
        }
        reader.beginLook();
        Map<String, RecordedLocation> known = parts.locations().findAll(source.id(), version);
        // A source that does not change between two looks has not changed while it was listed either.
        boolean decisive = !earlier.isEmpty()
                && (earlier.size() + 1 == MAX_LOOKS || earlier.getLast().hasSameFiles(listing));
        ScanDifference difference = ScanDifference.of(
                known,
                listing,
                reader::isUnsettled,
                item -> decisive && earlier.stream().allMatch(one -> one.hasSame(item)));
        take(difference, decisive);
        return cancelled.getAsBoolean()
                ? new ComparisonResult.Ended(new Outcome.Finished(true, null))
                : new ComparisonResult.Taken(new Comparison(known, listing, difference, decisive, advice));
    }

    /** What an earlier version took in of Lectern's own files goes at once. */
    private void removeOwn(Predicate<String> own) {
        List<String> paths = parts.locations().findAll(source.id(), version).keySet().stream()
                .filter(own)
                .toList();
        if (!paths.isEmpty()) {
            parts.registrar().removeLocations(collection, source.id(), paths);
        }
    }

    /**
     * New files come first: bytes that were moved without an identity are then at their new path before those at the old one are replaced. Other names of a
     * known file come last: they follow it.
     */
    private void take(ScanDifference difference, boolean mayDelete) {
        try {
            takeAll(difference, mayDelete);
        } catch (FolderNotRespondingException | CancellationException e) {
            // What was read so far need not be read again.
            arrivals.flush();
            throw e;
        }
    }

    private void takeAll(ScanDifference difference, boolean mayDelete) {
        failures.clear();
        hashes.clear();
        difference.unsettled().forEach(reader::putOff);
        Map<String, RecordedLocation> unwanted = findUnwanted(difference);
        for (Item item : difference.added()) {
            take(item, null, unwanted);
        }
        arrivals.flush();
        move(difference.moves());
        for (Present one : difference.present()) {
            compare(one.item(), one.before());
        }
        arrivals.flush();
        for (Item item : difference.succeeding()) {
            take(item, null, Map.of());
        }
        difference.linked().forEach(this::takeLinked);
        arrivals.finish(mayDelete);
    }

    /** @param other the known path of the same file; it is not there any more if the item was renamed while the source was listed */
    private void takeLinked(Item item, String other) {
        if (reader.isStill(item, other)) {
            take(item, null, Map.of());
        } else {
            reader.requestLook(parts.properties().quietTime());
        }
    }

    /** Missing files, by their bytes, whose documents a person deleted: under another name they stay away as well. */
    private static Map<String, RecordedLocation> findUnwanted(ScanDifference difference) {
        Map<String, RecordedLocation> unwanted = new HashMap<>();
        difference.missing().stream()
                .filter(location -> location.document() == null)
                .forEach(location -> unwanted.put(location.hash(), location));
        return unwanted;
    }

    private void move(Map<String, String> moves) {
        if (!moves.isEmpty() && !cancelled.getAsBoolean()) {
            List<LocationMove> renamed = new ArrayList<>();
            moves.forEach((from, to) -> renamed.add(new LocationMove(from, to, connector.uri(source, to))));
            parts.mover().move(collection, source.id(), renamed);
            changed = true;
        }
    }

    private void compare(Item item, RecordedLocation before) {
        ItemChange change = ItemChange.of(item, before);
        if (change == ItemChange.CONTENT || request.compareContents()) {
            take(item, before, Map.of());
            return;
        }
        if (change == ItemChange.ATTRIBUTES) {
            arrivals.addUnchanged(before.with(item.bytes(), item.modifiedAt(), item.changedAt(), item.identity()));
        }
        addPresent(before);
    }

    private void addPresent(RecordedLocation before) {
        hashes.add(before.hash());
        arrivals.addPresent(before);
    }

    /** @param unwanted as of {@link #findUnwanted} */
    private void take(Item item, @Nullable RecordedLocation before, Map<String, RecordedLocation> unwanted) {
        if (cancelled.getAsBoolean()) {
            return;
        }
        switch (reader.read(item, before)) {
            case ItemReader.Result.Unchanged(Item now) -> {
                if (before != null) {
                    arrivals.addUnchanged(
                            before.with(now.bytes(), stableModificationTime(now), now.changedAt(), now.identity()));
                    addPresent(before);
                }
            }
            case ItemReader.Result.Stored(Item now, var bytes, boolean settled) -> {
                RecordedLocation former = unwanted.get(bytes.hash());
                if (former != null && before == null) {
                    reader.discard(bytes.hash());
                    move(Map.of(former.path(), item.path()));
                } else {
                    add(now, before, bytes.hash(), bytes.bytes(), settled);
                }
            }
            case ItemReader.Result.PutOff(boolean lasting) -> {
                if (before != null) {
                    addPresent(before);
                }
                if (lasting) {
                    failures.put(item.path(), new SourceFinding(item.path(), Kind.BUSY, describeBusy()));
                }
            }
            case ItemReader.Result.Gone() ->
                reader.requestLook(parts.properties().quietTime());
            case ItemReader.Result.Unreadable(Kind kind, String reason) ->
                failures.put(item.path(), new SourceFinding(item.path(), kind, reason));
        }
    }

    private void add(Item now, @Nullable RecordedLocation before, String hash, long bytes, boolean settled) {
        hashes.add(hash);
        if (!settled) {
            failures.put(now.path(), new SourceFinding(now.path(), Kind.BUSY, describeBusy()));
        }
        Set<LocationKey> sameFile =
                before == null ? Set.of() : parts.sameFiles().find(source, now, before);
        arrivals.add(
                arrival(
                        now.path(),
                        hash,
                        bytes,
                        settled ? stableModificationTime(now) : -1,
                        now.changedAt(),
                        now.identity(),
                        sameFile),
                before == null ? null : before.document());
    }

    private String describeBusy() {
        return "The file changes all the time. It is read as it is, at most every "
                + parts.properties().settleLimit().toSeconds() + " s. Leave it out by a rule if it is no document.";
    }

    private long stableModificationTime(Item item) {
        return now() - item.modifiedAt() < FRESH_MILLIS ? -1 : item.modifiedAt();
    }

    private long now() {
        return parts.clock().millis();
    }

    private IncomingDocument arrival(
            String path,
            String hash,
            long bytes,
            long modifiedAt,
            long changedAt,
            @Nullable FileIdentity identity,
            Set<LocationKey> sameFile) {
        return new IncomingDocument(
                source.id(),
                path,
                connector.uri(source, path),
                VisibleText.toUniqueName(path.substring(path.lastIndexOf('/') + 1)),
                hash,
                bytes,
                modifiedAt,
                false,
                false,
                ConflictPolicy.REPLACE,
                changedAt,
                identity,
                sameFile);
    }

    /** @param undecided paths that were not missing at each comparison, so that a later scan decides about them */
    private Outcome finish(Comparison comparison, Set<String> undecided) {
        if (!undecided.isEmpty()) {
            reader.requestLook(parts.properties().quietTime());
        }
        if (comparison.difference().isIncomplete()) {
            // On a file system that gives its files new numbers all the time, this is so after each scan.
            reader.requestLook(parts.properties().settleLimit());
        }
        List<SourceFinding> found = new ArrayList<>(comparison.listing().findings());
        found.addAll(failures.values());
        Set<String> formerProblems = findFormerProblems();
        Set<FileIdentity> present = comparison.difference().findPresentFiles();
        List<RecordedLocation> missing = comparison.difference().missing().stream()
                .filter(location -> !undecided.contains(location.path()))
                .filter(location -> !isOnItsWay(location, comparison.listing(), present))
                .toList();
        MissingFiles.Decision decision = new MissingFiles(connector, source, parts.properties(), reader, request, now())
                .decide(
                        comparison.known().keySet(),
                        missing,
                        comparison.difference().dangling(),
                        comparison.listing(),
                        found,
                        formerProblems,
                        present,
                        location -> isElsewhere(location, present));
        Set<String> removed = new HashSet<>(decision.removed());
        comparison.difference().leftOut().forEach(location -> removed.add(location.path()));
        if (!removed.isEmpty()) {
            changed = true;
            parts.registrar().removeLocations(collection, source.id(), removed);
        }
        long now = now();
        if (!decision.fresh().isEmpty()) {
            parts.mover().markMissing(collection, source.id(), decision.fresh(), now);
        }
        if (comparison.advice() == null) {
            registerUnreadable(found, comparison, removed);
            parts.findings().replace(source.id(), found, Map.of());
        }
        reader.finish();
        changed |= arrivals.hasChanged();
        if (decision.held().isEmpty()) {
            return new Outcome.Finished(changed, reader.lookAgain());
        }
        return new Outcome.Held(
                NEEDS_CONFIRMATION,
                describe(comparison, decision, now),
                changed,
                !decision.fresh().isEmpty(),
                reader.lookAgain());
    }

    private String describe(Comparison comparison, MissingFiles.Decision decision, long now) {
        int known = comparison.known().size();
        if (comparison.advice() != null) {
            return report.describeUnavailable(comparison.advice(), known, true);
        }
        return comparison.listing().isEmpty()
                ? report.describeEmpty(known)
                : report.describeMissing(decision.held(), known, now);
    }

    /** Whether the file, or its bytes, have a location at another path now. Without a time of birth the number of a file may be that of another one by now. */
    private boolean isElsewhere(RecordedLocation location, Set<FileIdentity> present) {
        FileIdentity identity = location.identity();
        return hashes.contains(location.hash())
                || (identity != null && identity.bornAt() != 0 && present.contains(identity));
    }

    /** Whether the file is at a path that a later scan decides about, so that its document is still needed. */
    private static boolean isOnItsWay(RecordedLocation location, SourceListing listing, Set<FileIdentity> present) {
        FileIdentity identity = location.identity();
        return identity != null && identity.bornAt() != 0 && listing.hasFile(identity) && !present.contains(identity);
    }

    private Set<String> findFormerProblems() {
        Set<String> paths = new HashSet<>();
        for (Kind kind : Kind.values()) {
            if (kind.isUnknown()) {
                parts.findings()
                        .findPage(source.id(), kind, null, SourceFindingRepository.MAX_STORED)
                        .items()
                        .forEach(finding -> paths.add(finding.path()));
            }
        }
        return paths;
    }

    private void registerUnreadable(List<SourceFinding> found, Comparison comparison, Set<String> removed) {
        for (SourceFinding finding : found) {
            String path = finding.path();
            boolean follows = comparison.difference().dangling().containsKey(path) && !removed.contains(path);
            // A file that did not answer while it was read, unlike a folder of which nothing is known.
            boolean silent = finding.kind() == Kind.NOT_RESPONDING && failures.containsKey(path);
            if ((silent || finding.kind().isFailedDocument()) && !follows) {
                String hash = Document.UNREADABLE_HASH_PREFIX + Sha256.hex(source.id() + "/" + path);
                IncomingDocument unreadable = arrival(path, hash, 0, -1, 0, null, Set.of());
                parts.sources()
                        .addWhileExisting(
                                source.id(),
                                () -> parts.registrar().recordUnreadable(collection, unreadable, finding.reason()));
                changed |= !comparison.known().containsKey(path);
            }
        }
    }
}
