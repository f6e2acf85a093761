package dev.lectern.ingestion;

import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentCommitter;
import dev.lectern.library.update.PreparedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Shows made documents in batches: as soon as nothing else is being made, so that a small upload appears at once, and otherwise seldom, so that a bulk
 * ingestion raises the generation seldom and caches live through it.
 */
@Component
class Showing {
    private static final Logger log = LoggerFactory.getLogger(Showing.class);
    private static final int WAITING = 64;
    private static final long LOOK_MILLIS = 20;
    private static final long LOOK_FOR_STOP_MILLIS = 200;

    private final DocumentCommitter committer;
    private final Settling settling;
    private final JobWatch watch;
    private final IngestionProperties properties;
    private final BlockingQueue<Made> made = new ArrayBlockingQueue<>(WAITING);

    Showing(DocumentCommitter committer, Settling settling, JobWatch watch, IngestionProperties properties) {
        this.committer = committer;
        this.settling = settling;
        this.watch = watch;
        this.properties = properties;
    }

    private record Made(Task task, PreparedDocument document, PipelineVersion recipe) {}

    /** Blocks while too many wait. */
    void put(Task task, PreparedDocument document, PipelineVersion recipe) throws InterruptedException {
        made.put(new Made(task, document, recipe));
    }

    /** Shows until it is told to stop; not by an interrupt, which could hit the index in the middle of a write. */
    void run(BooleanSupplier othersAreMade, BooleanSupplier stopped) {
        Persistent.run("Showing documents", stopped, () -> {
            Made first = made.poll(LOOK_FOR_STOP_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                show(batch(first, othersAreMade));
            }
        });
    }

    private List<Made> batch(Made first, BooleanSupplier othersAreMade) throws InterruptedException {
        List<Made> batch = new ArrayList<>(List.of(first));
        int passages = first.document().passages().size();
        long end = System.nanoTime() + properties.batchTime().toNanos();
        while (batch.size() < properties.batchDocuments()
                && passages < properties.batchPassages()
                && System.nanoTime() < end) {
            Made next = made.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                batch.add(next);
                passages += next.document().passages().size();
            } else if (!othersAreMade.getAsBoolean()) {
                break;
            }
        }
        return batch;
    }

    /** One document that cannot be shown must not keep the others of its batch away. */
    private void show(List<Made> batch) {
        try {
            commit(batch);
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                Made one = batch.getFirst();
                settling.settle(one.task(), one.document().hash(), Persistent.failure(e));
                return;
            }
            log.warn("A batch of {} documents could not be shown, showing them one by one", batch.size(), e);
            batch.forEach(one -> show(List.of(one)));
        }
    }

    private void commit(List<Made> batch) {
        committer.commit(
                batch.stream().map(Made::document).toList(),
                batch.getFirst().recipe(),
                () -> settling.done(
                        batch.stream().map(Made::task).toList(),
                        batch.stream()
                                .map(one -> one.document().passages().size())
                                .toList()));
        watch.changed();
    }
}
