package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.LocationMover;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.OriginalOutbox;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.JobId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Compares a source with the library: registers new and changed items, follows renamed ones, then removes the documents of items that were deleted. What may
 * only be away for a while is kept. Thread-safe.
 */
@Component
class SourceScanner {
    private final SourceConnectorRegistry connectors;
    private final SourceScan.Parts parts;
    private final ScanArrivals.Writers writers;
    private final OriginalStore originals;
    private final OriginalOutbox unwanted;
    private final BusyFileRegistry busyFiles;
    private final Environment environment;

    SourceScanner(
            SourceConnectorRegistry connectors,
            DocumentRegistrar registrar,
            LocationRepository locations,
            LocationMover mover,
            SourceRepository sources,
            SourceFindingRepository findings,
            SameFileFinder sameFiles,
            ScanArrivals.Writers writers,
            OriginalStore originals,
            OriginalOutbox unwanted,
            BusyFileRegistry busyFiles,
            IngestionProperties properties,
            Environment environment,
            InstantSource clock) {
        this.connectors = connectors;
        this.parts = new SourceScan.Parts(locations, mover, registrar, sources, findings, sameFiles, properties, clock);
        this.writers = writers;
        this.originals = originals;
        this.unwanted = unwanted;
        this.busyFiles = busyFiles;
        this.environment = environment;
    }

    /** The result of a scan. */
    sealed interface Outcome {
        /** After this time the source is to be scanned again, since a file was changing; null when none was. */
        default @Nullable Duration lookAgain() {
            return null;
        }

        /**
         * The library has all that the source has.
         *
         * @param changed whether the source differs from the last scan
         */
        record Finished(boolean changed, @Nullable Duration lookAgain) implements Outcome {}

        /**
         * As {@link Finished}, but files are missing whose documents stay until somebody confirms their deletion.
         *
         * @param reason a sentence that says what to do
         * @param isNew whether some of them were not missing before
         */
        record Held(
                String code,
                String reason,
                boolean changed,
                boolean isNew,
                @Nullable Duration lookAgain) implements Outcome {}

        /** @param reason a sentence that says what to do */
        record Failed(String code, String reason) implements Outcome {}
    }

    /**
     * Scans a source.
     *
     * @param collection of the source
     * @param cancelled asked between items
     */
    Outcome scan(
            Source source,
            WritableCollection collection,
            JobId job,
            ScanRequest request,
            PipelineVersion pipelineVersion,
            BooleanSupplier cancelled) {
        SourceConnector connector = connectors.find(source);
        String secret = connector.secretName(source);
        if (secret != null && environment.getProperty(secret, "").isBlank()) {
            return new Outcome.Failed(
                    "secret_missing",
                    connector.describe(source) + " needs credentials, but " + secret
                            + " is not set. Set it and restart the server.");
        }
        ItemReader reader = new ItemReader(
                connector,
                source,
                originals,
                unwanted,
                busyFiles,
                parts.properties(),
                parts.clock(),
                request.automatic());
        ScanArrivals arrivals =
                new ScanArrivals(writers, source.id(), collection, job, pipelineVersion, reader, request.automatic());
        return new SourceScan(
                        parts, connector, source, collection, request, pipelineVersion, reader, arrivals, cancelled)
                .run();
    }
}
