package dev.lectern.ingestion;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves the library to another embedder while the present one answers: all collections at once, one move at a time. Thread-safe; the work goes on after
 * each method returns, also at another node when this one ends.
 */
public interface Reembeddings {

    /** What the library is searched with at this moment; the configured one while it has no documents. */
    Present present();

    /**
     * What a move would take. Changes nothing.
     *
     * @param embedder as {@code LECTERN_EMBEDDER} takes it
     * @param price US dollars for a million tokens, 0 or more; null when it is not known
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST when there is no such embedder; CONFLICT when it is in force, or there is nothing to
     *     embed; what the embedder throws when it cannot be used
     */
    Estimate estimate(String embedder, @Nullable BigDecimal price);

    /**
     * Begins, or goes on with one that failed.
     *
     * @param switchWhenReady otherwise it waits for {@link #switchOver}
     * @throws dev.lectern.shared.LecternException as {@link #estimate}; CONFLICT also while another one is not over
     */
    Reembedding start(String embedder, boolean switchWhenReady);

    /** The newest first, at most 20. */
    List<Reembedding> list();

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    Reembedding get(String id);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT when it is not ready */
    Reembedding switchOver(String id);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT when it has not switched, or the old index is gone */
    Reembedding rollBack(String id);

    /**
     * Gives up the index that is not in force: the new one before the switch, the old one after it.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT while it is being switched, or when it is over
     */
    Reembedding end(String id);

    /**
     * For every few seconds: lets go of an index that is being deleted, and goes on with what a node left that no longer lives, or what could not be done a
     * while ago. Returns at once.
     */
    void takeUp();

    /**
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @param configured what {@code LECTERN_EMBEDDER} says on this node
     */
    record Present(String name, String configured) {}

    /**
     * @param texts different texts of the library
     * @param missing those that have no embedding by the target yet
     * @param tokens of the missing ones, as the target counts them; extrapolated from the first 500
     * @param cut share of the texts that are longer than the target reads, 0 to 1; their ends are not embedded
     * @param cost US dollars; zero where the model runs here, null when the price is not known
     */
    record Estimate(
            long texts,
            long missing,
            long tokens,
            double cut,
            @Nullable BigDecimal cost) {}
}
