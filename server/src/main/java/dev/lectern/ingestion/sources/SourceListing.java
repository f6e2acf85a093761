package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceConnector.Listing;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.FileIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that a source has at one moment, as its connector lists it. */
final class SourceListing {
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<SourceFinding> findings = new ArrayList<>();
    private final Set<FileIdentity> identities = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<String> dangling = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final List<Predicate<String>> leftOut = new ArrayList<>();

    SourceListing(Collection<Item> items, Collection<SourceFinding> findings, Predicate<String> leftOut) {
        items.forEach(this::add);
        findings.forEach(this::add);
        this.leftOut.add(leftOut);
    }

    /** Of a source in which nothing is. */
    static SourceListing empty() {
        return new SourceListing(List.of(), List.of(), path -> false);
    }

    /** The result of listing a source. */
    sealed interface Result {
        record Complete(SourceListing listing) implements Result {}

        /** As {@link Listing.Unavailable}. */
        record Unavailable(String advice, boolean missing) implements Result {}

        /** As {@link Listing.Refused}. */
        record Refused(String reason, Predicate<String> own) implements Result {}

        record Cancelled() implements Result {}
    }

    /**
     * Lists a source, page by page.
     *
     * @param cancelled asked between pages
     */
    static Result read(SourceConnector connector, Source source, BooleanSupplier cancelled) {
        SourceListing listing = empty();
        String cursor = null;
        do {
            switch (connector.list(source, cursor)) {
                case Listing.Unavailable(String advice, boolean missing) -> {
                    return new Result.Unavailable(advice, missing);
                }
                case Listing.Refused(String reason, Predicate<String> own) -> {
                    return new Result.Refused(reason, own);
                }
                case Listing.Page page -> {
                    listing.leftOut.add(page::isLeftOut);
                    page.items().forEach(listing::add);
                    page.findings().forEach(listing::add);
                    cursor = page.next();
                }
            }
            if (cancelled.getAsBoolean()) {
                return new Result.Cancelled();
            }
        } while (cursor != null);
        return new Result.Complete(listing);
    }

    private void add(Item item) {
        items.put(item.path(), item);
        if (item.identity() != null) {
            identities.add(item.identity());
        }
    }

    private void add(SourceFinding finding) {
        findings.add(finding);
        if (finding.kind() == Kind.DANGLING_LINK) {
            dangling.add(finding.path());
        } else if (finding.kind().isUnknown()) {
            unknown.add(finding.path());
        }
        if (finding.kind().isFailedDocument()) {
            failed.add(finding.path());
        }
    }

    Collection<Item> items() {
        return items.values();
    }

    List<SourceFinding> findings() {
        return findings;
    }

    @Nullable Item find(String path) {
        return items.get(path);
    }

    /** Whether the same file was at the path of an item. */
    boolean hasSame(Item item) {
        Item own = items.get(item.path());
        return own != null && own.identity() != null && own.identity().equals(item.identity());
    }

    /** Whether another listing has the same files at the same paths, whatever is in them. */
    boolean hasSameFiles(SourceListing other) {
        return items.size() == other.items.size()
                && other.items.values().stream().allMatch(item -> item.equals(items.get(item.path())) || hasSame(item));
    }

    boolean hasFile(FileIdentity identity) {
        return identities.contains(identity);
    }

    /** Whether nothing can be read there, which is how a disk that is away looks. */
    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Whether it is not known what is at the path: it, or a folder above it, cannot be read. */
    boolean isHidden(String path) {
        return isAtOrBelow(path, unknown) || (failed.contains(path) && !dangling.contains(path));
    }

    /** Whether no item and no finding is in the folder or below it. */
    boolean hasNothingIn(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return items.keySet().stream().noneMatch(path -> path.startsWith(prefix))
                && findings.stream().noneMatch(finding -> finding.path().startsWith(prefix));
    }

    boolean isDanglingLink(String path) {
        return dangling.contains(path);
    }

    /** Whether the source's owner wants what is at the path left out, or it is Lectern's own. */
    boolean isLeftOut(String path) {
        return leftOut.stream().anyMatch(rule -> rule.test(path));
    }

    private static boolean isAtOrBelow(String path, Set<String> paths) {
        return !paths.isEmpty()
                && (paths.contains(path) || Folders.above(path).stream().anyMatch(paths::contains));
    }
}
