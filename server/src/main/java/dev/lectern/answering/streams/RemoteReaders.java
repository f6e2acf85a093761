package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the node that writes an answer and its readers at other nodes tell each other. Thread-safe. */
public interface RemoteReaders {

    /** Where no other node can have readers. */
    RemoteReaders NOBODY = new RemoteReaders() {
        @Override
        public Wishes exchange(MessageId answer, @Nullable String passages) {
            return Wishes.NONE;
        }

        @Override
        public void readerIsThere(MessageId answer) {}

        @Override
        public void stop(MessageId answer) {}

        @Override
        public Optional<String> passages(MessageId answer) {
            return Optional.empty();
        }

        @Override
        public void forgetOver() {}
    };

    /** The writer shows what it has found, when it has, and hears what the readers want. */
    Wishes exchange(MessageId answer, @Nullable String passages);

    /** A reader says so once a second. */
    void readerIsThere(MessageId answer);

    /** A reader wants no more of it. */
    void stop(MessageId answer);

    /** What the writer has shown. */
    Optional<String> passages(MessageId answer);

    /** Forgets answers that are over. */
    void forgetOver();

    /**
     * @param signs of life of all readers so far; as many as before means that none is there any more
     * @param stop whether one of them wants it to end
     */
    record Wishes(long signs, boolean stop) {
        static final Wishes NONE = new Wishes(0, false);
    }
}
