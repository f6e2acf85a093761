package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.ingestion.Reembeddings;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.embedders.EmbeddingRepository.EmbeddingCoverage;
import dev.lectern.library.embedders.EmbeddingRepository.StoredText;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

@Service
class ReembeddingService implements Reembeddings {
    /** Texts whose tokens are counted for an estimate. */
    private static final int SAMPLE = 500;

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int CENTS_OF_CENTS = 4;
    private static final Duration PROBE = Duration.ofSeconds(30);

    private final ReembeddingTable table;
    private final ReembeddingRun run;
    private final EmbedderRepository embedderRepository;
    private final EmbeddingRepository embeddingRepository;
    private final EmbedderRegistry embedders;
    private final IdGenerator ids;
    private final InstantSource clock;

    ReembeddingService(
            ReembeddingTable table,
            ReembeddingRun run,
            EmbedderRepository embedderRepository,
            EmbeddingRepository embeddingRepository,
            EmbedderRegistry embedders,
            IdGenerator ids,
            InstantSource clock) {
        this.table = table;
        this.run = run;
        this.embedderRepository = embedderRepository;
        this.embeddingRepository = embeddingRepository;
        this.embedders = embedders;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Present present() {
        return new Present(presentName(), embedders.configured());
    }

    private String presentName() {
        return embedderRepository.findActive().map(ActiveEmbedder::name).orElseGet(embedders::configured);
    }

    @Override
    public Estimate estimate(String embedder, @Nullable BigDecimal price) {
        Embedder target = target(embedder);
        EmbeddingCoverage extent = embeddingRepository.measure(target.fingerprint());
        List<StoredText> sample = embeddingRepository.findTextsWithout(target.fingerprint(), "", SAMPLE);
        long counted = 0;
        int cut = 0;
        for (StoredText text : sample) {
            int tokens = target.countTokens(Texts.embedded(text));
            counted += Math.min(tokens, target.maxTokens());
            cut += tokens > target.maxTokens() ? 1 : 0;
        }
        long tokens = sample.isEmpty() ? 0 : Math.round((double) counted / sample.size() * extent.missing());
        double share = sample.isEmpty() ? 0 : (double) cut / sample.size();
        return new Estimate(extent.texts(), extent.missing(), tokens, share, cost(embedder, tokens, price));
    }

    private static @Nullable BigDecimal cost(String embedder, long tokens, @Nullable BigDecimal price) {
        if (embedder.startsWith("onnx:")) {
            return BigDecimal.ZERO;
        }
        return price == null
                ? null
                : price.multiply(BigDecimal.valueOf(tokens)).divide(MILLION, CENTS_OF_CENTS, RoundingMode.HALF_UP);
    }

    @Override
    public Reembedding start(String embedder, boolean switchWhenReady) {
        Embedder target = target(embedder);
        target.embedPassages(List.of("Lectern"), Deadline.in(PROBE, clock));
        EmbedderFingerprint former = embedderRepository.findRequired().orElseThrow(ReembeddingService::nothingThere);
        String formerName = presentName();
        Optional<Reembedding> open = table.open();
        if (open.isPresent()) {
            return again(open.get(), embedder, switchWhenReady);
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
                null);
        if (!table.add(started)) {
            throw table.open().map(ReembeddingService::notOver).orElseGet(ReembeddingService::changed);
        }
        run.takeUp();
        return started;
    }

    private Reembedding again(Reembedding open, String embedder, boolean switchWhenReady) {
        if (open.status() != Status.FAILED || !open.target().name().equals(embedder)) {
            throw notOver(open);
        }
        if (!table.again(open.id(), switchWhenReady)) {
            throw changed();
        }
        run.takeUp();
        return get(open.id());
    }

    /** Not the one in force. */
    private Embedder target(String name) {
        Embedder target = embedders.open(name);
        EmbedderFingerprint required = embedderRepository.findRequired().orElseThrow(ReembeddingService::nothingThere);
        if (target.fingerprint().equals(required)) {
            throw conflict("The library is searched with " + name + " already.");
        }
        return target;
    }

    @Override
    public List<Reembedding> list() {
        return table.list();
    }

    @Override
    public Reembedding get(String id) {
        return table.find(id)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND, "There is no such move. GET /api/v1/reembeddings lists them."));
    }

    @Override
    public Reembedding switchOver(String id) {
        return move(get(id), Status.READY, Status.SWITCHING, "It can be switched to once it is ready.");
    }

    @Override
    public Reembedding rollBack(String id) {
        return move(
                get(id),
                Status.SWITCHED,
                Status.ROLLING_BACK,
                "It can be rolled back once it has switched, until the old index is dropped.");
    }

    @Override
    public Reembedding end(String id) {
        Reembedding present = get(id);
        return switch (present.status()) {
            case BUILDING, READY, FAILED -> move(present, present.status(), Status.CANCELLING, "");
            case SWITCHED -> move(present, Status.SWITCHED, Status.DROPPING, "");
            case CANCELLING, DROPPING -> present;
            case SWITCHING, ROLLING_BACK -> throw conflict("It is being switched. Wait until that is done.");
            case CANCELLED, DONE -> throw conflict("It is over: there is nothing left to delete.");
        };
    }

    private Reembedding move(Reembedding present, Status from, Status to, String otherwise) {
        if (present.status() != from) {
            throw conflict(otherwise + " It is "
                    + present.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " now.");
        }
        if (!table.move(present.id(), from, to, null)) {
            throw changed();
        }
        run.takeUp();
        return get(present.id());
    }

    @Override
    public void takeUp() {
        run.takeUp();
    }

    private static LecternException notOver(Reembedding open) {
        return conflict("The library is on its way from " + open.former().name() + " to "
                + open.target().name()
                + (open.status() == Status.SWITCHED
                        ? ": drop the old index or roll back first."
                        : ": wait until that is over, or cancel it first."));
    }

    private static LecternException nothingThere() {
        return conflict("The library has no documents yet: set LECTERN_EMBEDDER to the one you want and start again.");
    }

    private static LecternException changed() {
        return conflict("Someone else changed it meanwhile. Look at it again.");
    }

    private static LecternException conflict(String sentence) {
        return new LecternException(ErrorCode.CONFLICT, sentence);
    }
}
