package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Work on the file system of a folder, which runs on a thread of {@link FolderAccess}. A result that is {@link AutoCloseable} is closed if nobody waits for it
 * any more.
 *
 * @param <T> what it finds out
 */
@FunctionalInterface
interface FolderOperation<T> {

    /** @param progress to be told before each call of the file system that is not the first one */
    T run(Progress progress) throws IOException;

    /** Moves the deadline of an operation that consists of several calls of the file system. */
    @FunctionalInterface
    interface Progress {
        /**
         * The call before this has answered, and the next one is about this path. The operation has the whole deadline again. If the next call does not answer,
         * this path is what does not respond, so it must be told <em>before</em> the call.
         *
         * @throws java.util.concurrent.CancellationException when nobody waits for the operation any more
         */
        void step(Path path);
    }
}
