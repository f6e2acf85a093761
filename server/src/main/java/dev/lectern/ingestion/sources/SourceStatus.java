package dev.lectern.ingestion.sources;

import dev.lectern.library.update.SourceInventory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source with what is known of it.
 *
 * @param reason a sentence for operators that says what is wrong and what to do; null while the state is OK
 * @param deletedAfter when the first missing file is deleted without a confirmation; null when none is missing, and when it never is, since all files are
 *     missing or the source cannot be read
 * @param findings how many files and folders the last scan did not take in, or not as they are, by kind; without kinds of which there is none
 * @param overlaps other folders of the collection that hold this one or lie in it
 * @param tags that all its documents have, in the order of the alphabet
 */
public record SourceStatus(
        Source source,
        SourceState state,
        @Nullable String reason,
        SourceInventory.Summary content,
        @Nullable Instant deletedAfter,
        Map<SourceFinding.Kind, Long> findings,
        List<Overlap> overlaps,
        List<String> tags) {
    public SourceStatus {
        findings = Map.copyOf(findings);
        overlaps = List.copyOf(overlaps);
        tags = List.copyOf(tags);
    }

    /** Another folder of the collection. Files that both have are one document each, which stays until neither has it. */
    public record Overlap(Source source, Relation relation) {}

    /** How the other folder lies to this one. */
    public enum Relation {
        /** The other folder holds this one. */
        PARENT,
        /** The other folder lies in this one. */
        CHILD
    }
}
