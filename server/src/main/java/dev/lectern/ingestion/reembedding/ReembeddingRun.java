package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.Embedding;
import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.library.consistency.EmbedderSwitch;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.embedders.EmbeddingRepository.EmbeddingCoverage;
import dev.lectern.library.embedders.EmbeddingRepository.StoredText;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.Nodes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Does the work of a move, one at a time. What a killed process leaves is gone on with: embeddings are stored every few texts. */
@Component
class ReembeddingRun implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ReembeddingRun.class);
    /** Texts in memory at a time. */
    private static final int PAGE = 256;
    /** Attempts to switch, each with what came since the one before; after the first of them no new documents are begun. */
    private static final int ATTEMPTS = 200;

    private static final long PAUSE_MILLIS = 100;
    /** In which the other nodes close an index that is given up, which they look for every few seconds. */
    private static final Duration LET_GO = Duration.ofSeconds(12);

    private final ReembeddingTable table;
    private final EmbedderSwitch embedderSwitch;
    private final EmbeddingRepository embeddingRepository;
    private final EmbedderRegistry embedders;
    private final Embedding embedding;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final Nodes nodes;
    private final AtomicBoolean running = new AtomicBoolean();
    private final Cancellation stopped = new Cancellation();

    ReembeddingRun(
            ReembeddingTable table,
            EmbedderSwitch embedderSwitch,
            EmbeddingRepository embeddingRepository,
            EmbedderRegistry embedders,
            Embedding embedding,
            ExecutorService applicationExecutor,
            IngestionProperties properties,
            Nodes nodes) {
        this.table = table;
        this.embedderSwitch = embedderSwitch;
        this.embeddingRepository = embeddingRepository;
        this.embedders = embedders;
        this.embedding = embedding;
        this.executor = applicationExecutor;
        this.properties = properties;
        this.nodes = nodes;
    }

    /** Lets go of an index that is given up, and takes up the work that there is, if nobody has it and this node does such work. Returns at once. */
    void takeUp() {
        embedderSwitch.closeRetired();
        if (properties.enabled() && !stopped.isCancelled() && running.compareAndSet(false, true)) {
            try {
                executor.execute(this::workOff);
            } catch (RuntimeException e) {
                running.set(false);
                throw e;
            }
        }
    }

    private void workOff() {
        try {
            for (Optional<Reembedding> next = table.claim(); next.isPresent(); next = table.claim()) {
                boolean goesOn = work(next.get());
                table.release(next.get().id());
                if (!goesOn) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            log.warn("Moving to another embedder is interrupted and goes on later", e);
        } finally {
            running.set(false);
        }
    }

    /** @return false when it is to be tried again later */
    private boolean work(Reembedding move) {
        try {
            switch (move.status()) {
                case BUILDING -> build(move);
                case SWITCHING -> bring(move, move.target(), Status.SWITCHED);
                case ROLLING_BACK -> bring(move, move.former(), Status.READY);
                case CANCELLING -> drop(move, move.target(), Status.CANCELLED);
                case DROPPING -> drop(move, move.former(), Status.DONE);
                case READY, SWITCHED, FAILED, CANCELLED, DONE -> {}
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            return !stopped.isCancelled() && failed(move, e);
        }
    }

    private boolean failed(Reembedding move, RuntimeException failure) {
        log.warn("Moving the library to {} met a failure", move.target().name(), failure);
        String reason = failure instanceof LecternException known && known.getMessage() != null
                ? known.getMessage()
                : "Something went wrong here. The server's log has the details.";
        Status from = move.status();
        Status then = switch (from) {
            case BUILDING -> mayPass(failure) ? from : Status.FAILED;
            case SWITCHING -> Status.READY;
            case ROLLING_BACK -> Status.SWITCHED;
            default -> from;
        };
        table.move(move.id(), from, then, reason);
        return then != from;
    }

    private static boolean mayPass(RuntimeException failure) {
        return !(failure instanceof LecternException known) || known.code().retryable();
    }

    private void build(Reembedding move) {
        Embedder model = embedders.open(move.target().name());
        log.info("The index of {} is being built", move.target().name());
        do {
            if (!embedMissing(move, model)) {
                return;
            }
            embedderSwitch.fillIndex(model.fingerprint());
        } while (embeddingRepository.measure(model.fingerprint()).missing() > 0);
        table.move(move.id(), Status.BUILDING, move.switchWhenReady() ? Status.SWITCHING : Status.READY, null);
        log.info("The index of {} is complete", move.target().name());
    }

    /** False when someone gave it up meanwhile. */
    private boolean embedMissing(Reembedding move, Embedder model) {
        EmbedderFingerprint fingerprint = model.fingerprint();
        EmbeddingCoverage extent = embeddingRepository.measure(fingerprint);
        long embedded = extent.texts() - extent.missing();
        String after = "";
        List<StoredText> page;
        do {
            if (!table.progress(move.id(), extent.texts(), Math.min(embedded, extent.texts()))) {
                return false;
            }
            page = embeddingRepository.findTextsWithout(fingerprint, after, PAGE);
            embedded += embed(model, page);
            after = page.isEmpty() ? after : page.getLast().key();
        } while (page.size() == PAGE);
        return table.progress(move.id(), extent.texts(), Math.min(embedded, extent.texts()));
    }

    private int embed(Embedder model, List<StoredText> page) {
        Map<String, String> texts = new LinkedHashMap<>();
        page.forEach(text -> texts.put(text.key(), Texts.embedded(text)));
        embedding.ensure(model, texts, stopped);
        return texts.size();
    }

    /** Until nothing came or went meanwhile. No new documents are begun while the move is in this state, so that this ends. */
    private void bring(Reembedding move, Model to, Status then) throws InterruptedException {
        Embedder model = embedders.open(to.name());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<StoredText> page;
            do {
                page = embeddingRepository.findTextsWithout(model.fingerprint(), "", PAGE);
                embed(model, page);
            } while (page.size() == PAGE);
            if (embedderSwitch.switchTo(model.fingerprint())) {
                table.move(move.id(), move.status(), then, null);
                log.info("The library is searched with {} from now on", to.name());
                return;
            }
            Thread.sleep(PAUSE_MILLIS * Math.min(attempt, 20));
        }
        throw new LecternException(
                ErrorCode.OVERLOADED,
                "Documents came and went all the time, so that the new index was never complete. Try it again when it is quieter.");
    }

    private void drop(Reembedding move, Model gone, Status then) throws InterruptedException {
        embedderSwitch.retire(gone.id());
        if (nodes.others() > 0) {
            Thread.sleep(LET_GO.toMillis());
        }
        embedderSwitch.deleteRetired(gone.id());
        table.move(move.id(), move.status(), then, null);
    }

    @Override
    public void destroy() {
        stopped.cancel();
    }
}
