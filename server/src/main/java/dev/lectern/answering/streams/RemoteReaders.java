package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signals between the node that writes an answer and the readers of that answer at other nodes. Thread-safe. */
interface RemoteReaders {
    /** For a single node, which has no remote readers. */
    RemoteReaders NONE = new RemoteReaders() {
        @Override
        public ReaderSignals exchangeSignals(MessageId answer, @Nullable String passages) {
            return ReaderSignals.NONE;
        }

        @Override
        public void recordHeartbeat(MessageId answer) {}

        @Override
        public void requestStop(MessageId answer) {}

        @Override
        public Optional<String> findPassages(MessageId answer) {
            return Optional.empty();
        }

        @Override
        public List<MessageId> listAnswers() {
            return List.of();
        }

        @Override
        public void delete(Collection<MessageId> answers) {}
    };

    /**
     * Called by the writer: publishes the passages and reads the signals of the readers.
     *
     * @param passages JSON of the passages that were found; null before the search is done
     */
    ReaderSignals exchangeSignals(MessageId answer, @Nullable String passages);

    /** Called by a reader once a second while it is connected. */
    void recordHeartbeat(MessageId answer);

    /** Called by a reader that wants the answer to stop. */
    void requestStop(MessageId answer);

    /** Called by a reader: the passages that the writer published; empty when there are none yet. */
    Optional<String> findPassages(MessageId answer);

    /** Answers that have signals, at most 1,000. */
    List<MessageId> listAnswers();

    /**
     * Deletes all signals of answers that are finished.
     *
     * @param answers at most 1,000
     */
    void delete(Collection<MessageId> answers);

    /**
     * What the readers of one answer signalled.
     *
     * @param heartbeats of all readers so far; the same number as before means that no reader is connected
     * @param stop whether a reader wants the answer to stop
     */
    record ReaderSignals(long heartbeats, boolean stop) {
        static final ReaderSignals NONE = new ReaderSignals(0, false);
    }
}
