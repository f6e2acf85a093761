package dev.lectern.ingestion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The library on its way from one embedder to another, or where that ended.
 *
 * @param target moved to
 * @param former moved away from
 * @param switchWhenReady whether it is switched to as soon as the new index is complete
 * @param reason why it goes no further at the moment, or failed; null when nothing is in its way
 * @param texts different texts that are to be embedded, of those that have been counted
 * @param embedded how many of them have the target's embedding, 0 to {@code texts}
 * @param switchedAt null while it never was
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
        @Nullable Instant switchedAt) {

    /**
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @param id of its fingerprint
     */
    public record Model(String name, String id) {}

    /** How far it is. */
    public enum Status {
        /** The new index grows beside the old one. */
        BUILDING,
        /** The new index is complete but for what came since; the old one answers. */
        READY,
        /** The last documents are added, and no others are begun until it is done. */
        SWITCHING,
        /** The new index answers; the old one is kept. */
        SWITCHED,
        /** The old index gets what came since, and no other documents are begun until it is done. */
        ROLLING_BACK,
        /** It cannot go on; begun again with the same embedder it goes on where it was. The old index answers. */
        FAILED,
        /** The new index is being deleted. */
        CANCELLING,
        /** The new index is gone; the old one answers. */
        CANCELLED,
        /** The old index is being deleted. */
        DROPPING,
        /** The old index is gone; the new one answers. */
        DONE;

        /** Whether nothing can come of it any more. */
        public boolean isFinal() {
            return this == CANCELLED || this == DONE;
        }
    }
}
