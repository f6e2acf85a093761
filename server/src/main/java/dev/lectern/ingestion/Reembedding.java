package dev.lectern.ingestion;

import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.JobId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A re-embedding: the library moves from one embedder to another. Also the record of one that has ended.
 *
 * @param target the embedder that the library moves to
 * @param former the embedder that was active before
 * @param switchWhenReady whether the library switches to the new index as soon as that is complete
 * @param reason why it does not continue at the moment, or why it failed; null when there is no obstacle
 * @param texts different texts to embed, as far as they have been counted
 * @param embedded how many of them have the target's embedding, 0 to {@code texts}
 * @param switchedAt null before the switch
 * @param caller who started it; null for re-embeddings of earlier versions
 */
public record Reembedding(
        String id,
        Status status,
        Model target,
        Model former,
        boolean switchWhenReady,
        @Nullable String reason,
        long texts,
        long embedded,
        Instant createdAt,
        @Nullable Instant switchedAt,
        @Nullable Caller caller) {

    /**
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @param id of its fingerprint
     */
    public record Model(String name, String id) {}

    /** The context of its embedding calls. */
    public ModelCallContext modelCalls() {
        return new ModelCallContext(
                Purpose.REEMBED, caller == null ? SystemTask.REEMBEDDING : caller, null, new JobId(id));
    }

    /** State of a re-embedding. */
    public enum Status {
        /** The new index grows beside the old one. */
        BUILDING,
        /** The new index is complete except for documents that came since; the old one answers. */
        READY,
        /** The last documents are added to the new index; no other documents are started until the switch. */
        SWITCHING,
        /** The new index answers; the old one stays until it is dropped. */
        SWITCHED,
        /** The old index gets the documents that came since; no other documents are started until the switch back. */
        ROLLING_BACK,
        /** It stopped with a reason; started again with the same embedder it continues where it was. The old index answers. */
        FAILED,
        /** The new index is being deleted. */
        CANCELLING,
        /** The new index is deleted; the old one answers. */
        CANCELLED,
        /** The old index is being deleted. */
        DROPPING,
        /** The old index is deleted; the new one answers. */
        DONE;

        /** Whether the status cannot change any more. */
        public boolean isFinal() {
            return this == CANCELLED || this == DONE;
        }
    }
}
