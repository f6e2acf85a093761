package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.SourceStatus.Overlap;
import dev.lectern.ingestion.sources.SourceStatus.Relation;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.update.SourceInventory;
import dev.lectern.security.WritableCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what is known of a source: what its scans recorded, what the library has of it, and which sources it overlaps. */
@Component
class SourceStatusReader {
    private final SourceRepository sources;
    private final SourceFindingRepository findings;
    private final SourceInventory inventory;
    private final SourceConnectorRegistry connectors;
    private final IngestionProperties properties;
    private final DocumentTags tags;

    SourceStatusReader(
            SourceRepository sources,
            SourceFindingRepository findings,
            SourceInventory inventory,
            SourceConnectorRegistry connectors,
            IngestionProperties properties,
            DocumentTags tags) {
        this.connectors = connectors;
        this.properties = properties;
        this.sources = sources;
        this.findings = findings;
        this.inventory = inventory;
        this.tags = tags;
    }

    SourceStatus read(WritableCollection collection, Source source) {
        SourceInventory.Summary content = inventory.summarize(collection, source.id());
        String silence = SourceResponseMonitor.describe(connectors.find(source), source);
        SourceState state = isSilent(source)
                ? SourceState.NOT_RESPONDING
                : SourceState.of(source.reasonCode(), source.reason(), content.missing());
        String reason = source.reason() == null ? describe(state, source, content) : source.reason();
        return new SourceStatus(
                source,
                state,
                silence == null ? reason : silence,
                content,
                findDeletionTime(state, content),
                findings.count(source.id()),
                findOverlaps(source),
                tags.find(collection, source.id()));
    }

    /** A single file that does not answer is among the findings. */
    private static boolean isSilent(Source source) {
        Source.Silence silence = source.silence();
        return silence != null && silence.path() == null;
    }

    /** Only a scan that newly finds files missing fails; later ones end quietly, and the files are still missing. */
    private static @Nullable String describe(SourceState state, Source source, SourceInventory.Summary content) {
        return state == SourceState.OK
                ? null
                : content.missing() + " files have been missing since " + content.missingSince()
                        + ". Their documents were not deleted. If the files were removed on purpose, confirm the"
                        + " deletion: lectern sources confirm " + source.id();
    }

    /** What the grace time never deletes has no such time: the files of a source that is away as a whole. */
    private @Nullable Instant findDeletionTime(SourceState state, SourceInventory.Summary content) {
        Instant since = content.missingSince();
        boolean away = state == SourceState.UNAVAILABLE
                || state == SourceState.NOT_RESPONDING
                || content.missing() == content.files();
        return since == null || away ? null : since.plus(properties.missingGrace());
    }

    private List<Overlap> findOverlaps(Source source) {
        List<Overlap> overlaps = new ArrayList<>();
        for (Source other : sources.list(source.collection())) {
            if (other.kind().equals(source.kind()) && !other.id().equals(source.id())) {
                if (holds(other.location(), source.location())) {
                    overlaps.add(new Overlap(other, Relation.PARENT));
                } else if (holds(source.location(), other.location())) {
                    overlaps.add(new Overlap(other, Relation.CHILD));
                }
            }
        }
        return overlaps;
    }

    private static boolean holds(String folder, String other) {
        return other.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }
}
