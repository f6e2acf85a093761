package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The moves that are kept. */
public interface ReembeddingTable {

    /**
     * False when another one is not over; nothing changes then.
     *
     * @param started its owner is nobody
     */
    boolean add(Reembedding started);

    /** The newest first, at most 20. */
    List<Reembedding> list();

    Optional<Reembedding> find(String id);

    /** The one that is not over. */
    Optional<Reembedding> open();

    /** Whether the library moved away from an embedder of this name. */
    boolean movedFrom(String name);

    /** False when it is not {@code from} any more; nothing changes then. */
    boolean move(String id, Status from, Status to, @Nullable String reason);

    /** Begins again what failed. False when it has not failed. */
    boolean again(String id, boolean switchWhenReady);

    /** Takes the one that there is something to do for, when nobody who lives has it; it is this node's as long as that lives. */
    Optional<Reembedding> claim();

    /** This node is done with it for now. */
    void release(String id);

    /** False when it is not being built any more. */
    boolean progress(String id, long texts, long embedded);
}
