package dev.lectern.ingestion.sources;

import dev.lectern.shared.SourceId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Remembers since when files of sources wait to be read because they change all the time. In memory: after a restart the wait begins anew. Thread-safe.
 */
@Component
class BusyFileRegistry {
    private final Map<SourceId, Map<String, Wait>> waits = new ConcurrentHashMap<>();

    /**
     * @param since epoch milliseconds: when the file was first put off, or read last although it was changing
     * @param looks how often it was put off since
     * @param lasting whether it was read although it was changing
     */
    record Wait(long since, int looks, boolean lasting) {}

    /** A file is put off. */
    Wait putOff(SourceId source, String path, long now) {
        return ofSource(source)
                .merge(
                        path,
                        new Wait(now, 1, false),
                        (before, first) -> new Wait(before.since(), before.looks() + 1, before.lasting()));
    }

    /** Whether a file has waited for the limit, so that it is read as it is. */
    boolean isDue(SourceId source, String path, long now, long limitMillis) {
        Wait wait = ofSource(source).get(path);
        return wait != null && now - wait.since() >= limitMillis;
    }

    /** A file was read while it was changing; the next time is a whole limit later. */
    void recordBusyRead(SourceId source, String path, long now) {
        ofSource(source).put(path, new Wait(now, 0, true));
    }

    /** Forgets the files of a source that no scan puts off any more. */
    void retain(SourceId source, Set<String> paths) {
        ofSource(source).keySet().retainAll(paths);
        waits.computeIfPresent(source, (id, rest) -> rest.isEmpty() ? null : rest);
    }

    private Map<String, Wait> ofSource(SourceId source) {
        return waits.computeIfAbsent(source, id -> new ConcurrentHashMap<>());
    }
}
