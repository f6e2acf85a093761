package dev.lectern.ingestion;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.ingestion.reembedding.ReembeddingRepository;
import dev.lectern.ingestion.reembedding.ReembeddingWorker;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.embedders.EmbeddingRepository.EmbeddingCoverage;
import dev.lectern.library.embedders.EmbeddingRepository.StoredText;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedderLookup.ActiveEmbedder;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.LecternException.FieldError;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the library to another embedder while the present one answers: all collections at once, one re-embedding at a time. For operators; every other caller
 * gets FORBIDDEN. Thread-safe; the work goes on after each method returns, also on another node when this one ends.
 */
@Service
public class ReembeddingService {
    private static final String FOR_OPERATORS =
            "Re-embedding is managed from the server's command line: lectern collections reembed.";

    /** Texts whose tokens are counted for an estimate. */
    private static final int SAMPLED_TEXTS = 500;

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    /** Costs are rounded to a hundredth of a cent. */
    private static final int COST_DECIMALS = 4;

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);

    private final ReembeddingRepository repository;
    private final ReembeddingWorker worker;
    private final EmbedderRepository embedderRepository;
    private final EmbeddingRepository embeddingRepository;
    private final EmbedderRegistry embedders;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;
    private final IdGenerator ids;
    private final InstantSource clock;

    ReembeddingService(
            ReembeddingRepository repository,
            ReembeddingWorker worker,
            EmbedderRepository embedderRepository,
            EmbeddingRepository embeddingRepository,
            EmbedderRegistry embedders,
            TransactionTemplate transactions,
            AuditLog auditLog,
            IdGenerator ids,
            InstantSource clock) {
        this.repository = repository;
        this.worker = worker;
        this.embedderRepository = embedderRepository;
        this.embeddingRepository = embeddingRepository;
        this.embedders = embedders;
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
    }

    /** The active embedder; the configured one while the library has no documents. */
    public Present present(Caller caller) {
        caller.requireAdministrator(FOR_OPERATORS);
        return new Present(activeName(), embedders.configured());
    }

    private String activeName() {
        return embedderRepository.findActive().map(ActiveEmbedder::name).orElseGet(embedders::configured);
    }

    /**
     * Estimates the texts, tokens and cost of a re-embedding. Changes nothing.
     *
     * @param embedder as {@code LECTERN_EMBEDDER} takes it
     * @param price US dollars for a million tokens, 0 or more; null when it is not known
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST when there is no such embedder; CONFLICT when it is the active embedder, or there is nothing to
     *     embed; what the embedder throws when it cannot be used
     */
    public Estimate estimate(Caller caller, String embedder, @Nullable BigDecimal price) {
        caller.requireAdministrator(FOR_OPERATORS);
        Embedder target = target(embedder);
        EmbeddingCoverage extent = embeddingRepository.measure(target.fingerprint());
        List<StoredText> sample = embeddingRepository.findTextsWithout(target.fingerprint(), "", SAMPLED_TEXTS);
        long counted = 0;
        int cut = 0;
        for (StoredText text : sample) {
            int tokens = target.countTokens(ReembeddingWorker.embeddingInput(text));
            counted += Math.min(tokens, target.maxTokens());
            cut += tokens > target.maxTokens() ? 1 : 0;
        }
        long tokens = sample.isEmpty() ? 0 : Math.round((double) counted / sample.size() * extent.missing());
        double share = sample.isEmpty() ? 0 : (double) cut / sample.size();
        return new Estimate(extent.texts(), extent.missing(), tokens, share, estimateCost(embedder, tokens, price));
    }

    private static @Nullable Money estimateCost(String embedder, long tokens, @Nullable BigDecimal price) {
        if (embedder.startsWith("onnx:")) {
            return Money.ZERO;
        }
        if (price == null) {
            return null;
        }
        BigDecimal dollars =
                price.multiply(BigDecimal.valueOf(tokens)).divide(MILLION, COST_DECIMALS, RoundingMode.HALF_UP);
        return new Money(dollars.movePointRight(6).longValueExact());
    }

    /**
     * Starts a re-embedding, or continues the one to the same embedder that failed.
     *
     * @param switchWhenReady whether the new index is switched to as soon as it is complete; otherwise it waits for {@link #switchOver}
     * @throws dev.lectern.shared.LecternException as {@link #estimate}; CONFLICT also while another one is not final
     */
    public Reembedding start(Caller caller, String embedder, boolean switchWhenReady) {
        caller.requireAdministrator(FOR_OPERATORS);
        Embedder target = target(embedder);
        target.embedPassages(
                List.of("Lectern"), ModelCallContext.of(Purpose.PROBE, caller), Deadline.in(PROBE_TIMEOUT, clock));
        EmbedderFingerprint former = embedderRepository.findRequired().orElseThrow(ReembeddingService::libraryEmpty);
        String formerName = activeName();
        Optional<Reembedding> open = repository.findOpen();
        if (open.isPresent()) {
            return restart(caller, open.get(), embedder, switchWhenReady);
        }
        embedderRepository.recordName(former, formerName);
        embedderRepository.addIndexed(target.fingerprint(), embedder);
        EmbeddingCoverage extent = embeddingRepository.measure(target.fingerprint());
        Reembedding started = new Reembedding(
                ids.next(),
                Status.BUILDING,
                new Model(embedder, target.fingerprint().id()),
                new Model(formerName, former.id()),
                switchWhenReady,
                null,
                extent.texts(),
                extent.texts() - extent.missing(),
                clock.instant(),
                null,
                caller);
        if (!recordIf(() -> repository.add(started), describeStart(caller, started))) {
            throw repository
                    .findOpen()
                    .map(ReembeddingService::notFinished)
                    .orElseGet(ReembeddingService::changedMeanwhile);
        }
        worker.resumeNow();
        return started;
    }

    private Reembedding restart(Caller caller, Reembedding open, String embedder, boolean switchWhenReady) {
        if (open.status() != Status.FAILED || !open.target().name().equals(embedder)) {
            throw notFinished(open);
        }
        AuditEntry entry = describe(AuditAction.REEMBEDDING_STARTED, caller, open)
                .with("switchWhenReady", switchWhenReady)
                .with("continued", true);
        if (!recordIf(() -> repository.restart(open.id(), switchWhenReady), entry)) {
            throw changedMeanwhile();
        }
        worker.resumeNow();
        return get(open.id());
    }

    /** The embedder of this name, which must not be the active one. */
    private Embedder target(String name) {
        Embedder target = open(name);
        EmbedderFingerprint required = embedderRepository.findRequired().orElseThrow(ReembeddingService::libraryEmpty);
        if (target.fingerprint().equals(required)) {
            throw conflict(name + " is the active embedder already. Choose another embedder.");
        }
        return target;
    }

    /** The request names the embedder, so one that the configuration does not allow is an error of the request. */
    private Embedder open(String name) {
        try {
            return embedders.open(name);
        } catch (LecternException e) {
            if (e.code() != ErrorCode.MODEL_FAILED) {
                throw e;
            }
            String detail = e.clientMessage() + " Configure it, or name another embedder.";
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST, detail, List.of(new FieldError("embedder", detail)), null, e);
        }
    }

    /** The newest first, at most 20. */
    public List<Reembedding> list(Caller caller) {
        caller.requireAdministrator(FOR_OPERATORS);
        return repository.list();
    }

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    public Reembedding get(Caller caller, String id) {
        caller.requireAdministrator(FOR_OPERATORS);
        return get(id);
    }

    private Reembedding get(String id) {
        return repository
                .find(id)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND,
                        "There is no re-embedding " + id + ". GET /api/v1/reembeddings lists them."));
    }

    /** @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT when it is not ready */
    public Reembedding switchOver(Caller caller, String id) {
        caller.requireAdministrator(FOR_OPERATORS);
        return changeStatus(
                caller,
                AuditAction.REEMBEDDING_SWITCHED,
                get(id),
                Status.READY,
                Status.SWITCHING,
                "A re-embedding can be switched to once it is ready.");
    }

    /** @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT when it has not switched, or the old index is gone */
    public Reembedding rollBack(Caller caller, String id) {
        caller.requireAdministrator(FOR_OPERATORS);
        return changeStatus(
                caller,
                AuditAction.REEMBEDDING_ROLLED_BACK,
                get(id),
                Status.SWITCHED,
                Status.ROLLING_BACK,
                "A re-embedding can be rolled back after the switch, until the old index is dropped.");
    }

    /**
     * Deletes the index that is not active: the new one before the switch, the old one after it.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT while it is being switched, or when it is final
     */
    public Reembedding discard(Caller caller, String id) {
        caller.requireAdministrator(FOR_OPERATORS);
        Reembedding present = get(id);
        return switch (present.status()) {
            case BUILDING, READY, FAILED -> drop(caller, present, Status.CANCELLING);
            case SWITCHED -> drop(caller, present, Status.DROPPING);
            case CANCELLING, DROPPING -> present;
            case SWITCHING, ROLLING_BACK ->
                throw conflict("The re-embedding is being switched. Wait until the switch is done.");
            case CANCELLED, DONE -> throw conflict("The re-embedding is finished: there is nothing left to delete.");
        };
    }

    private Reembedding drop(Caller caller, Reembedding present, Status to) {
        return changeStatus(caller, AuditAction.REEMBEDDING_DROPPED, present, present.status(), to, "");
    }

    private Reembedding changeStatus(
            Caller caller, AuditAction action, Reembedding present, Status from, Status to, String otherwise) {
        if (present.status() != from) {
            throw conflict(otherwise + " Its status is "
                    + present.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".");
        }
        if (!recordIf(
                () -> repository.changeStatus(present.id(), from, to, null), describe(action, caller, present))) {
            throw changedMeanwhile();
        }
        worker.resumeNow();
        return get(present.id());
    }

    /** Makes a change, and records it if it was made. */
    private boolean recordIf(BooleanSupplier change, AuditEntry entry) {
        Boolean changed = transactions.execute(status -> {
            boolean made = change.getAsBoolean();
            if (made) {
                auditLog.record(entry);
            }
            return made;
        });
        return Boolean.TRUE.equals(changed);
    }

    private static AuditEntry describeStart(Caller caller, Reembedding started) {
        return describe(AuditAction.REEMBEDDING_STARTED, caller, started)
                .with("switchWhenReady", started.switchWhenReady())
                .with("texts", started.texts());
    }

    private static AuditEntry describe(AuditAction action, Caller caller, Reembedding reembedding) {
        return AuditEntry.of(action, caller, "reembedding", reembedding.id())
                .with("embedder", reembedding.target().name())
                .with("former", reembedding.former().name());
    }

    /**
     * Continues the open re-embedding if a dead node left it or a step of it failed, and closes an index that is being deleted. Called every few seconds;
     * returns at once.
     */
    void resumeOpen() {
        worker.resumeOpen();
    }

    private static LecternException notFinished(Reembedding open) {
        return conflict("The library is being re-embedded from " + open.former().name() + " to "
                + open.target().name()
                + (open.status() == Status.SWITCHED
                        ? ": drop the old index or roll back first."
                        : ": wait until that is finished, or cancel it first."));
    }

    private static LecternException libraryEmpty() {
        return conflict(
                "The library has no documents yet. Set the embedder that you want in the configuration and restart the"
                        + " server.");
    }

    private static LecternException changedMeanwhile() {
        return conflict("The re-embedding was changed by another request. Read it again.");
    }

    private static LecternException conflict(String sentence) {
        return new LecternException(ErrorCode.CONFLICT, sentence);
    }

    /**
     * Which embedder is used.
     *
     * @param name of the active embedder, as {@code LECTERN_EMBEDDER} takes it
     * @param configured the value of {@code LECTERN_EMBEDDER} on this node
     */
    public record Present(String name, String configured) {}

    /**
     * What a re-embedding takes.
     *
     * @param texts different texts of the library
     * @param missing those that the target has not embedded yet
     * @param tokens of the missing texts, as the target counts them; extrapolated from the first 500
     * @param cut share of the texts that are longer than the target reads, 0 to 1; their ends are not embedded
     * @param cost rounded to a hundredth of a cent; zero where the model runs on this machine, null when the price is not known
     */
    public record Estimate(
            long texts,
            long missing,
            long tokens,
            double cut,
            @Nullable Money cost) {}
}
