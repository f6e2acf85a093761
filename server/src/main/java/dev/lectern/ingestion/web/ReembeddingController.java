package dev.lectern.ingestion.web;

import dev.lectern.http.Page;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.ReembeddingService;
import dev.lectern.ingestion.ReembeddingService.Estimate;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Money;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Re-embeddings; for callers with the key file. */
@RestController
@RequestMapping(path = "/api/v1/reembeddings", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class ReembeddingController {
    private final ReembeddingService reembeddingService;

    ReembeddingController(ReembeddingService reembeddingService) {
        this.reembeddingService = reembeddingService;
    }

    /**
     * A re-embedding to estimate.
     *
     * @param embedder required, in the form of the setting {@code LECTERN_EMBEDDER}, such as {@code gemini:gemini-embedding-001}
     * @param price US dollars for a million tokens, 0 or more; without it the cost of a service is not known
     */
    record EstimateRequest(
            @Nullable String embedder, @Nullable BigDecimal price) {}

    /**
     * What a re-embedding takes.
     *
     * @param texts different texts of the library
     * @param missing those that the target has not embedded yet
     * @param tokens of the missing texts, as the target counts them
     * @param cut share of the texts that are longer than the embedder reads, 0 to 1
     * @param cost US dollars; null when the price is not known
     */
    record EstimateView(
            long texts,
            long missing,
            long tokens,
            double cut,
            @Nullable BigDecimal cost) {
        static EstimateView of(Estimate estimate) {
            Money cost = estimate.cost();
            return new EstimateView(
                    estimate.texts(),
                    estimate.missing(),
                    estimate.tokens(),
                    estimate.cut(),
                    cost == null ? null : BigDecimal.valueOf(cost.micros(), 6).setScale(4, RoundingMode.HALF_UP));
        }
    }

    /**
     * A re-embedding to start.
     *
     * @param embedder required, in the form of the setting {@code LECTERN_EMBEDDER}, such as {@code gemini:gemini-embedding-001}
     * @param switchWhenReady whether the new index is switched to as soon as it is complete; otherwise it waits for a request
     */
    record ReembeddingRequest(
            @Nullable String embedder, @Nullable Boolean switchWhenReady) {}

    /**
     * The change of the library to another embedder.
     *
     * @param status {@link Reembedding.Status}
     * @param switchWhenReady whether the new index is switched to as soon as it is complete
     * @param switchedAt when it was switched to; absent before
     * @param embedder the target
     * @param former the embedder before
     * @param reason why it does not continue, or failed
     * @param texts different texts of the library, as far as they have been counted
     * @param embedded those of the texts that are embedded
     */
    record ReembeddingView(
            String id,
            String status,
            String embedder,
            String former,
            boolean switchWhenReady,
            @Nullable String reason,
            long texts,
            long embedded,
            Instant createdAt,
            @Nullable Instant switchedAt) {
        static ReembeddingView of(Reembedding reembedding) {
            return new ReembeddingView(
                    reembedding.id(),
                    reembedding.status().name().toLowerCase(Locale.ROOT),
                    reembedding.target().name(),
                    reembedding.former().name(),
                    reembedding.switchWhenReady(),
                    reembedding.reason(),
                    reembedding.texts(),
                    reembedding.embedded(),
                    reembedding.createdAt(),
                    reembedding.switchedAt());
        }
    }

    /** Estimates the texts, tokens and cost of a re-embedding. Changes nothing. */
    @PostMapping("/estimate")
    EstimateView estimateReembedding(Caller caller, @RequestBody EstimateRequest request) {
        BigDecimal price = request.price();
        if (price != null && price.signum() < 0) {
            throw LecternException.invalid("price", "The `price` is US dollars for a million tokens, 0 or more.");
        }
        return EstimateView.of(reembeddingService.estimate(caller, embedder(request.embedder()), price));
    }

    /** Starts to build the index of another embedder beside the present one, or continues one that failed. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView startReembedding(Caller caller, @RequestBody ReembeddingRequest request) {
        return ReembeddingView.of(reembeddingService.start(
                caller, embedder(request.embedder()), Boolean.TRUE.equals(request.switchWhenReady())));
    }

    /** Lists the re-embeddings, the newest first, at most 20. */
    @GetMapping
    Page<ReembeddingView> listReembeddings(Caller caller) {
        return new Page<>(
                reembeddingService.list(caller).stream()
                        .map(ReembeddingView::of)
                        .toList(),
                null);
    }

    /** Shows a re-embedding. */
    @GetMapping("/{id}")
    ReembeddingView getReembedding(Caller caller, @PathVariable String id) {
        return ReembeddingView.of(reembeddingService.get(caller, id));
    }

    /** Switches all collections to the new index at once. The documents that came since it was ready are added before. */
    @PostMapping("/{id}/switch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView switchReembedding(Caller caller, @PathVariable String id) {
        return ReembeddingView.of(reembeddingService.switchOver(caller, id));
    }

    /** Switches back to the old index. The documents that came since the switch are added before, and the new index stays. */
    @PostMapping("/{id}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView rollBackReembedding(Caller caller, @PathVariable String id) {
        return ReembeddingView.of(reembeddingService.rollBack(caller, id));
    }

    /**
     * Deletes the index that is not active: the new one before the switch, the old one after it.
     *
     * @throws LecternException CONFLICT in a status without such an index
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView discardReembedding(Caller caller, @PathVariable String id) {
        return ReembeddingView.of(reembeddingService.discard(caller, id));
    }

    private static String embedder(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw LecternException.invalid(
                    "embedder", "Name the `embedder` as in the configuration, such as gemini:<model>.");
        }
        return name.strip();
    }
}
