package dev.lectern.ingestion.sources;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.OptionalLong;

/**
 * The paths of a source that have changed and that no scan was asked for yet. A scan is due as soon as one of them has been quiet for a while, or has been
 * busy for so long that its quiet is not waited for any longer. So a busy path delays only itself, and causes one scan in that time at most.
 *
 * <p>Two more bounds keep changes that never end from causing one scan after the other. Of scans that follow each other at once, each waits twice as long as
 * the one before, up to eight times the quiet time. And busy paths alone cause ten scans in the settle limit at most, however many they are.
 *
 * <p>Times are nanoseconds of one clock, such as {@link System#nanoTime}. At most {@link #MAX_PATHS} paths are told apart; with more, all count as one. Not
 * thread-safe.
 */
final class PathActivity {
    static final int MAX_PATHS = 10_000;
    /** Stands for all paths. */
    static final String ALL = "";

    private static final int LONGEST_PAUSE_FACTOR = 8;
    private static final int BUSY_SCANS_PER_LIMIT = 10;
    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final long settle;
    private final long limit;
    private final long shortestPause;
    private final long longestPause;
    /** The time of the last event of each path, the oldest first. */
    private final LinkedHashMap<String, Long> lastEvents = new LinkedHashMap<>(16, 0.75f, true);
    /** The time of the first event of the same paths, the oldest first. */
    private final LinkedHashMap<String, Long> firstEvents = new LinkedHashMap<>();

    private long pause;
    /** No scan is due before these times; of scans for busy paths, and of all. Meaningless until the first such scan. */
    private long nextBusyScan;

    private long nextScan;
    private boolean isBusyPaced;
    private boolean isPaced;

    /**
     * @param settle time for which a path has to be quiet, 0 or more
     * @param limit time after which the quiet of a path is not waited for any longer, above 0
     */
    PathActivity(Duration settle, Duration limit) {
        this.limit = limit.toNanos();
        this.settle = Math.min(settle.toNanos(), this.limit);
        this.shortestPause = Math.max(this.settle, SHORTEST_PAUSE_NANOS);
        this.longestPause = shortestPause * LONGEST_PAUSE_FACTOR;
        this.pause = shortestPause;
    }

    /** A path has changed. */
    void record(String path, long now) {
        boolean known = firstEvents.containsKey(path);
        String key = known || firstEvents.size() < MAX_PATHS ? path : mergeAll();
        firstEvents.putIfAbsent(key, now);
        lastEvents.put(key, now);
    }

    /** The oldest event of all paths becomes that of their place holder. */
    private String mergeAll() {
        long first = firstEvents.firstEntry().getValue();
        firstEvents.clear();
        lastEvents.clear();
        firstEvents.put(ALL, first);
        return ALL;
    }

    /** When a scan is due; empty while nothing has changed. */
    OptionalLong nextDue() {
        if (firstEvents.isEmpty()) {
            return OptionalLong.empty();
        }
        long quiet = lastEvents.firstEntry().getValue() + settle;
        long busy = firstEvents.firstEntry().getValue() + limit;
        busy = isBusyPaced ? later(busy, nextBusyScan) : busy;
        long due = busy - quiet < 0 ? busy : quiet;
        return OptionalLong.of(isPaced ? later(due, nextScan) : due);
    }

    private static long later(long one, long other) {
        return one - other < 0 ? other : one;
    }

    /** Whether a scan is due. The paths that it is due for are forgotten; those that may still be in the middle of a change stay. */
    boolean takeDue(long now) {
        OptionalLong due = nextDue();
        if (due.isEmpty() || now - due.getAsLong() < 0) {
            return false;
        }
        boolean series = isPaced && now - nextScan < pause;
        pause = series ? Math.min(longestPause, pause * 2) : shortestPause;
        nextScan = now + pause;
        isPaced = true;
        recordScan(now);
        return true;
    }

    /** The source is scanned for whatever reason. */
    void recordScan(long now) {
        while (!firstEvents.isEmpty() && now - firstEvents.firstEntry().getValue() >= limit) {
            lastEvents.remove(firstEvents.pollFirstEntry().getKey());
            isBusyPaced = true;
            nextBusyScan = now + limit / BUSY_SCANS_PER_LIMIT;
        }
        while (!lastEvents.isEmpty() && now - lastEvents.firstEntry().getValue() >= settle) {
            firstEvents.remove(lastEvents.pollFirstEntry().getKey());
        }
    }

    int countPaths() {
        return firstEvents.size();
    }
}
