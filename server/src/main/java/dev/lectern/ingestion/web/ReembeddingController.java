package dev.lectern.ingestion.web;

import dev.lectern.http.Page;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembeddings;
import dev.lectern.ingestion.Reembeddings.Estimate;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Moving the library to another embedder, for who has the key file. */
@RestController
@RequestMapping("/api/v1/reembeddings")
class ReembeddingController {
    static final String FOR_OPERATORS =
            "The library is moved to another embedder from the server's command line: lectern collections reembed.";

    private final Reembeddings reembeddings;

    ReembeddingController(Reembeddings reembeddings) {
        this.reembeddings = reembeddings;
    }

    /**
     * @param embedder as {@code LECTERN_EMBEDDER} takes it
     * @param price US dollars for a million tokens; without it the cost of a service is not known
     */
    record EstimateRequest(
            @Nullable String embedder, @Nullable BigDecimal price) {}

    /** @param switchWhenReady otherwise it waits for a word */
    record ReembeddingRequest(
            @Nullable String embedder, @Nullable Boolean switchWhenReady) {}

    /**
     * @param status building, ready, switching, switched, rolling_back, failed, cancelling, cancelled, dropping or done
     * @param embedder moved to
     * @param former moved away from
     * @param reason why it goes no further, or failed
     * @param texts different texts of the library, as far as they have been counted
     * @param embedded of them
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
        static ReembeddingView of(Reembedding move) {
            return new ReembeddingView(
                    move.id(),
                    move.status().name().toLowerCase(Locale.ROOT),
                    move.target().name(),
                    move.former().name(),
                    move.switchWhenReady(),
                    move.reason(),
                    move.texts(),
                    move.embedded(),
                    move.createdAt(),
                    move.switchedAt());
        }
    }

    /** What it would take; changes nothing. */
    @PostMapping("/estimate")
    Estimate estimate(Caller caller, @RequestBody EstimateRequest request) {
        caller.requireOperator(FOR_OPERATORS);
        BigDecimal price = request.price();
        if (price != null && price.signum() < 0) {
            throw LecternException.invalid("price", "The `price` is US dollars for a million tokens, 0 or more.");
        }
        return reembeddings.estimate(embedder(request.embedder()), price);
    }

    /** Begins to build the index of another embedder beside the present one, or goes on where that failed. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView start(Caller caller, @RequestBody ReembeddingRequest request) {
        caller.requireOperator(FOR_OPERATORS);
        return ReembeddingView.of(
                reembeddings.start(embedder(request.embedder()), Boolean.TRUE.equals(request.switchWhenReady())));
    }

    /** The newest first, at most 20. */
    @GetMapping
    Page<ReembeddingView> list(Caller caller) {
        caller.requireOperator(FOR_OPERATORS);
        return new Page<>(reembeddings.list().stream().map(ReembeddingView::of).toList(), null);
    }

    @GetMapping("/{id}")
    ReembeddingView get(Caller caller, @PathVariable String id) {
        caller.requireOperator(FOR_OPERATORS);
        return ReembeddingView.of(reembeddings.get(id));
    }

    /** Adds what came since it was ready, and puts the new index in force for all collections at once. */
    @PostMapping("/{id}/switch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView switchOver(Caller caller, @PathVariable String id) {
        caller.requireOperator(FOR_OPERATORS);
        return ReembeddingView.of(reembeddings.switchOver(id));
    }

    /** Adds to the old index what came since the switch, and puts it in force again; the new one is kept. */
    @PostMapping("/{id}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView rollBack(Caller caller, @PathVariable String id) {
        caller.requireOperator(FOR_OPERATORS);
        return ReembeddingView.of(reembeddings.rollBack(id));
    }

    /** Deletes the index that is not in force: the new one before the switch, the old one after it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReembeddingView end(Caller caller, @PathVariable String id) {
        caller.requireOperator(FOR_OPERATORS);
        return ReembeddingView.of(reembeddings.end(id));
    }

    private static String embedder(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw LecternException.invalid(
                    "embedder", "Name the `embedder` as LECTERN_EMBEDDER takes it, such as gemini:<model>.");
        }
        return name.strip();
    }
}
