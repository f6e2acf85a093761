package dev.lectern.ingestion.sources;

import dev.lectern.library.FileIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What ingestion needs from a kind of source: to list its items, to read them, and to learn when to look again. One connector serves all sources
 * of its kind. Thread-safe. Paths of items have {@code /} between their parts and are unique within a source.
 */
interface SourceConnector {

    /** The {@link Source#kind} that this connector reads; also its name in the API. */
    String kind();

    /** How a sentence for readers calls the source, such as "The folder docs"; without the path to it, which is for operators. */
    String describe(Source source);

    /**
     * The name of the environment variable with the credentials of the source; null when the source needs none. While the variable is not set, scans
     * of the source fail and say so.
     */
    @Nullable String secretName(Source source);

    /** When the source is scanned without a request. */
    Schedule schedule(Source source);

    /** Whether this node can reach the source at the moment. Cheap; a source that is not reachable is left to another node. */
    boolean isReachable(Source source);

    /** Whether this node gets any answer from the source at the moment, be it that it is not there. Cheap. */
    default boolean isAnswering(Source source) {
        return true;
    }

    /** What of the source has not answered this node for a while. Cheap; asks again whether it answers, without waiting. */
    default Optional<Source.Silence> findSilence(Source source) {
        return Optional.empty();
    }

    /** Whether something that scans went on without, since it did not answer, answers now. True once. */
    default boolean takeCompleted(Source source) {
        return false;
    }

    /**
     * Lists one page of items.
     *
     * @param cursor {@link Listing.Page#next} of the page before; null for the first page
     * @throws dev.lectern.shared.LecternException TOO_LARGE when the source has more items than are allowed
     */
    Listing list(Source source, @Nullable String cursor);

    /**
     * Asks for the present state of what is at a path, as a listing would give it; links are followed. A folder is possible too, and has no bytes. Cheap.
     *
     * @param path as of an item; empty for the source itself
     * @return null when nothing is there
     * @throws IOException when it cannot be found out
     */
    @Nullable Item stat(Source source, String path) throws IOException;

    /**
     * Opens the present bytes of an item; the caller closes them.
     *
     * @throws IOException when the item cannot be read
     */
    InputStream open(Source source, String path) throws IOException;

    /** The address of an item within its source, for readers, such as {@code folder:guides/start.md}. */
    String uri(Source source, String path);

    /**
     * A watcher of the source; only called when its {@link Schedule} says that it can be watched. Does not touch the source yet: when changes cannot be had,
     * the watcher says so in its state.
     */
    SourceWatcher watch(Source source);

    /**
     * When a source is scanned without a request.
     *
     * @param interval longest time between two scans
     * @param watchable whether the source also reports changes in between, see {@link #watch}
     */
    record Schedule(Duration interval, boolean watchable) {}

    /** What a source has, or why that is not known. */
    sealed interface Listing {
        /**
         * Some of the items, or all of them.
         *
         * @param findings what is there and is not among the items, each with its reason
         * @param next cursor of the following page; null after the last
         * @param leftOut whether a path that was found by an earlier scan is left out now by the source's owner or because it is Lectern's own; asks nothing of
         *     the source, so the path need not exist
         */
        record Page(
                List<Item> items,
                List<SourceFinding> findings,
                @Nullable String next,
                Predicate<String> leftOut) implements Listing {
            /** Nothing is left out. */
            public Page(List<Item> items, List<SourceFinding> findings, @Nullable String next) {
                this(items, findings, next, path -> false);
            }

            /** Whether a known path does not belong to the source any more. Its document is deleted at once: that is what somebody asked for. */
            public boolean isLeftOut(String path) {
                return leftOut.test(path);
            }
        }

        /**
         * The source must not be read, whatever is in it: it is Lectern's own.
         *
         * @param reason a sentence for operators that says what to do
         * @param own whether a known path is a file of Lectern's own, whose document is deleted
         */
        record Refused(String reason, Predicate<String> own) implements Listing {}

        /**
         * The source cannot be listed.
         *
         * @param advice one sentence that says what to do
         * @param missing whether the source does not exist any more, as far as this node sees
         */
        record Unavailable(String advice, boolean missing) implements Listing {}
    }

    /**
     * An item that can become a document.
     *
     * @param bytes its size
     * @param modifiedAt epoch milliseconds
     * @param changedAt of its content or attributes as the file system keeps it, epoch milliseconds; 0 when it is not known
     * @param identity null when the source has none, or none that can be relied upon
     */
    record Item(
            String path,
            long bytes,
            long modifiedAt,
            long changedAt,
            @Nullable FileIdentity identity) {}
}
