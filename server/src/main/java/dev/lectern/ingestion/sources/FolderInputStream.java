package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of a folder, read in chunks on the threads of the folder. A small file needs one hand-over: it is opened, read and closed at once. Not thread-safe. */
final class FolderInputStream extends InputStream {
    private static final int CHUNK = 64 * 1024;

    private final OpenFile file;
    private byte[] chunk;
    private int position;

    private FolderInputStream(OpenFile file, byte[] chunk) {
        this.file = file;
        this.chunk = chunk;
    }

    static InputStream open(FolderAccess access, Path folder, Path path, FolderOperation<InputStream> opener)
            throws IOException {
        OpenFile file = new OpenFile(access, folder, path, opener);
        return new FolderInputStream(file, file.readNext());
    }

    /** Reads the next chunk when this one is used up. */
    private boolean hasNext() throws IOException {
        if (position == chunk.length && !file.isClosed()) {
            chunk = file.readNext();
            position = 0;
        }
        return position < chunk.length;
    }

    @Override
    public int read() throws IOException {
        return hasNext() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasNext()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    /** Returns at once: closing may hang like every other call. */
    @Override
    public void close() {
        chunk = new byte[0];
        position = 0;
        file.abandon();
    }

    /** The file as the threads of the folder see it. Whoever is the last to need it has it closed, on one of those threads. */
    private static final class OpenFile {
        private final FolderAccess access;
        private final Path folder;
        private final Path path;
        private final FolderOperation<InputStream> opener;
        private @Nullable InputStream in;
        private boolean reading;
        private boolean abandoned;
        private boolean closed;

        OpenFile(FolderAccess access, Path folder, Path path, FolderOperation<InputStream> opener) {
            this.access = access;
            this.folder = folder;
            this.path = path;
            this.opener = opener;
        }

        byte[] readNext() throws IOException {
            boolean answered = false;
            try {
                byte[] next = access.callAlone(folder, path, this::read);
                answered = true;
                return next;
            } finally {
                if (!answered) {
                    abandon();
                }
            }
        }

        private byte[] read(FolderOperation.Progress progress) throws IOException {
            boolean more = false;
            try {
                InputStream from = beginReading();
                if (from == null) {
                    from = opener.run(progress);
                    keep(from);
                }
                progress.step(path);
                byte[] next = from.readNBytes(CHUNK);
                more = next.length == CHUNK;
                return next;
            } finally {
                if (endReading(more)) {
                    close();
                }
            }
        }

        private synchronized @Nullable InputStream beginReading() throws IOException {
            if (abandoned) {
                throw new IOException("The file is not read any more");
            }
            reading = true;
            return in;
        }

        private synchronized void keep(InputStream opened) {
            in = opened;
        }

        /** Whether the reading thread has to close the file. */
        private synchronized boolean endReading(boolean more) {
            reading = false;
            closed |= !more;
            return closed || abandoned;
        }

        synchronized boolean isClosed() {
            return closed || abandoned;
        }

        /** Nobody reads the file any more. */
        void abandon() {
            synchronized (this) {
                boolean mustClose = !abandoned && !reading && in != null;
                abandoned = true;
                if (!mustClose) {
                    return;
                }
            }
            access.startUnwatched(folder, path, progress -> {
                close();
                return true;
            });
        }

        private void close() throws IOException {
            InputStream open;
            synchronized (this) {
                closed = true;
                open = in;
                in = null;
            }
            if (open != null) {
                open.close();
            }
        }
    }
}
