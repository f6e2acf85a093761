package dev.lectern.library;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the work on a document is that is being taken in.
 *
 * @param embedded passages with an embedding, 0 to {@code total}
 * @param total passages of the document; 0 until it has been read and split for the first time
 * @param rate passages embedded a second, over the last seconds; 0 when it is not known
 * @param remaining an estimate of the time to embed the others; null while there is nothing to estimate from
 */
public record DocumentProgress(
        Phase phase,
        int embedded,
        int total,
        double rate,
        @Nullable Duration remaining) {

    /** The steps of the work. */
    public enum Phase {
        /** The file is being read and split into passages, or waits for its turn to be read. */
        READING,
        /** Passages are being embedded. */
        EMBEDDING,
        /** All passages have an embedding; the document is being committed. */
        STORING
    }

    /**
     * How far the work on a document is.
     *
     * @param phase {@code reading} (or waiting for its turn), {@code embedding} or {@code storing}
     */
    public record View(
            PhaseView phase,
            PassagesView passages,
            double rate,
            @Nullable Long remainingSeconds) {
        /** A phase in lower case. */
        public enum PhaseView {
            reading,
            embedding,
            storing
        }

        /**
         * The passages of a document.
         *
         * @param done number of those that are embedded
         * @param total number of all; null until the document has been split into passages
         */
        public record PassagesView(int done, @Nullable Integer total) {}
    }

    public View view() {
        return new View(
                switch (phase) {
                    case READING -> View.PhaseView.reading;
                    case EMBEDDING -> View.PhaseView.embedding;
                    case STORING -> View.PhaseView.storing;
                },
                new View.PassagesView(embedded, total == 0 ? null : total),
                Math.round(rate * 10) / 10.0,
                remaining == null ? null : remaining.toSeconds());
    }
}
