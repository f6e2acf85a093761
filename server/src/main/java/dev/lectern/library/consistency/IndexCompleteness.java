package dev.lectern.library.consistency;

import dev.lectern.index.IndexRebuild;
import dev.lectern.index.IndexRebuildMonitor;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchScope;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows which indexes have all passages of the library, and refuses searches in the others. An index is judged by comparing its number of passages with that of the
 * library: before its first search, and again after a search failed, since another index may be in its place now. While documents are committed or deleted, an index
 * has more passages than the library, never fewer. The comparison of every document, which a repair begins with, overrules the numbers.
 */
@Component
class IndexCompleteness implements SearchableIndexes, IndexRebuildMonitor {
    /** A number that is younger is not counted again. */
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** A rebuild that adds nothing for this long has ended: the node that ran it is gone, or it failed. */
    private static final Duration STALLED = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final EmbedderIndexRegistry indexes;
    private final CollectionGenerationRepository generations;
    private final Set<EmbedderFingerprint> complete = ConcurrentHashMap.newKeySet();
    private final Map<EmbedderFingerprint, Rebuild> rebuilds = new ConcurrentHashMap<>();

    IndexCompleteness(JdbcClient jdbc, EmbedderIndexRegistry indexes, CollectionGenerationRepository generations) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.generations = generations;
    }

    /**
     * An incomplete index.
     *
     * @param startedAt like all times, {@link System#nanoTime} of its first count
     * @param first number of passages at that time
     * @param grewAt time of the last count that was higher than the one before
     * @param repaired whether this node repairs the index now
     */
    private record Rebuild(
            long startedAt, long first, IndexRebuild progress, long countedAt, long grewAt, boolean repaired) {

        Rebuild with(IndexRebuild counted, boolean repairedHere) {
            long now = System.nanoTime();
            boolean grew = counted.indexed() > progress.indexed();
            return new Rebuild(startedAt, first, counted, now, grew ? now : grewAt, repairedHere);
        }

        boolean isFresh() {
            return System.nanoTime() - countedAt < FRESH.toNanos();
        }

        boolean isStalled() {
            return !repaired && System.nanoTime() - grewAt > STALLED.toNanos();
        }

        Duration remaining() {
            return progress.estimateRemaining(
                    progress.indexed() - first, Duration.ofNanos(System.nanoTime() - startedAt));
        }
    }

    @Override
    public <T> T search(EmbedderFingerprint fingerprint, Function<PassageIndex, T> search) {
        Rebuild known = rebuilds.get(fingerprint);
        if (known != null && known.isFresh()) {
            throw unavailable(known);
        }
        PassageIndex index = indexes.open(fingerprint);
        boolean wasComplete = complete.contains(fingerprint);
        T found = run(fingerprint, index, search);
        if (wasComplete && complete.contains(fingerprint)) {
            return found;
        }
        Rebuild rebuild = judge(fingerprint, index);
        if (rebuild != null) {
            throw unavailable(rebuild);
        }
        // The first search may have seen the index before its last passages were added.
        return run(fingerprint, index, search);
    }

    private <T> T run(EmbedderFingerprint fingerprint, PassageIndex index, Function<PassageIndex, T> search) {
        try {
            return search.apply(index);
        } catch (LecternException e) {
            if (e.code() == ErrorCode.INDEX_UNAVAILABLE) {
                complete.remove(fingerprint);
            }
            throw e;
        }
    }

    /** Counts the passages. Returns null when the index is complete. */
    private @Nullable Rebuild judge(EmbedderFingerprint fingerprint, PassageIndex index) {
        IndexRebuild counted = count(index);
        if (counted.indexed() < counted.expected()) {
            // A document that was deleted between the two counts is in the first one only.
            counted = count(index);
        }
        if (counted.indexed() >= counted.expected() && !isRepaired(fingerprint)) {
            markComplete(fingerprint);
            return null;
        }
        return record(fingerprint, counted, isRepaired(fingerprint));
    }

    private IndexRebuild count(PassageIndex index) {
        long expected = jdbc.sql("SELECT COALESCE(SUM(passages), 0) FROM document"
                        + " WHERE reason_code IS NULL OR reason_code <> 'index_incomplete'")
                .query(Long.class)
                .single();
        ReadableCollections all = CollectionAccess.readable(
                SystemTask.MAINTENANCE, generations.read().generations().keySet());
        return new IndexRebuild(index.count(SearchScope.of(all)), expected);
    }

    private boolean isRepaired(EmbedderFingerprint fingerprint) {
        Rebuild known = rebuilds.get(fingerprint);
        return known != null && known.repaired();
    }

    private Rebuild record(EmbedderFingerprint fingerprint, IndexRebuild counted, boolean repaired) {
        complete.remove(fingerprint);
        long now = System.nanoTime();
        return Objects.requireNonNull(rebuilds.compute(
                fingerprint,
                (key, known) -> known == null
                        ? new Rebuild(now, counted.indexed(), counted, now, now, repaired)
                        : known.with(counted, repaired)));
    }

    private static LecternException unavailable(Rebuild rebuild) {
        return LecternException.withRetryAfter(
                ErrorCode.INDEX_UNAVAILABLE,
                "The search index is being rebuilt: " + rebuild.progress().words() + ". Try again when it is complete.",
                rebuild.remaining());
    }

    /** This node begins to repair an index that lacks passages. To be followed by {@link #markComplete} or {@link #endRepair}. */
    void beginRepair(EmbedderFingerprint fingerprint) {
        record(fingerprint, count(indexes.open(fingerprint)), true);
    }

    /** Counts again during a repair. */
    void recordProgress(EmbedderFingerprint fingerprint) {
        record(fingerprint, count(indexes.open(fingerprint)), true);
    }

    /** The repair failed; the index stays incomplete. */
    void endRepair(EmbedderFingerprint fingerprint) {
        rebuilds.computeIfPresent(fingerprint, (key, known) -> known.with(known.progress(), false));
    }

    /** The index has all passages that can be added to it. */
    void markComplete(EmbedderFingerprint fingerprint) {
        rebuilds.remove(fingerprint);
        complete.add(fingerprint);
    }

    /** Counts the passages of incomplete indexes again. Returns whether the rebuild of one of them has stalled, so that it has to be repaired again. */
    boolean isRebuildStalled() {
        boolean stalled = false;
        for (Map.Entry<EmbedderFingerprint, Rebuild> entry : rebuilds.entrySet()) {
            if (!entry.getValue().repaired()) {
                Rebuild rebuild = judge(entry.getKey(), indexes.open(entry.getKey()));
                stalled |= rebuild != null && rebuild.isStalled();
            }
        }
        return stalled;
    }

    @Override
    public Optional<IndexRebuild> find() {
        return rebuilds.values().stream().map(Rebuild::progress).findFirst();
    }
}
