package dev.lectern.index.lucene;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer and the searchers of one folder. Searchers see the last commit; each is acquired for one search and released after it. A writer that
 * failed (a full disk closes it) is opened again by the next write.
 */
final class Store implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Store.class);

    /** Changes what the next commit holds. */
    interface Change {
        void apply(IndexWriter writer) throws IOException;
    }

    /** Reads one state of the index. */
    interface Read<T> {
        T from(Snapshot snapshot) throws IOException;
    }

    private final LuceneFolder folder;
    private final Analyzer analyzer;
    private final AtomicBoolean mergeIsHidden = new AtomicBoolean();
    private volatile IndexWriter writer;
    private final SearcherManager searchers;
    private final Lock notClosing;
    private final Lock closing;
    private final Consolidation consolidation;
    private volatile boolean closed;

    private Store(LuceneFolder folder, Analyzer analyzer, Duration quiet) throws IOException {
        ReentrantReadWriteLock writing = new ReentrantReadWriteLock();
        this.notClosing = writing.readLock();
        this.closing = writing.writeLock();
        this.folder = folder;
        this.analyzer = analyzer;
        this.writer = folder.writer(analyzer, new Merges(this::showMerge));
        this.searchers = new SearcherManager(folder.directory(), new SearcherFactory() {
            @Override
            public Snapshot newSearcher(IndexReader reader, @Nullable IndexReader previous) throws IOException {
                return new Snapshot(reader);
            }
        });
        this.consolidation = new Consolidation(new PresentParts(), quiet);
    }

    /** @param quiet how long nothing is written before the index is consolidated */
    static Store open(LuceneFolder folder, Analyzer analyzer, Duration quiet) throws IOException {
        try {
            return new Store(folder, analyzer, quiet);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** When it returns, the change is on the disk and seen by every later read. */
    void write(Change change) throws IOException {
        commit(change);
        consolidation.written();
    }

    private void commit(Change change) throws IOException {
        notClosing.lock();
        try {
            IndexWriter open = openWriter();
            change.apply(open);
            open.commit();
            searchers.maybeRefreshBlocking();
        } finally {
            notClosing.unlock();
        }
    }

    private IndexWriter openWriter() throws IOException {
        if (closed) {
            throw new AlreadyClosedException("The index is closed");
        }
        IndexWriter open = writer;
        return open.isOpen() ? open : reopen();
    }

    private synchronized IndexWriter reopen() throws IOException {
        if (!writer.isOpen()) {
            log.warn("The index in {} is opened again after a failure", folder, writer.getTragicException());
            writer = folder.writer(analyzer, new Merges(this::showMerge));
        }
        return writer;
    }

    /** A merge that ended after the last commit would stay unseen, and its many small parts searched, until the next one. */
    private void showMerge() {
        if (!closed && mergeIsHidden.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("index-merged").start(() -> {
                mergeIsHidden.set(false);
                try {
                    commit(unchanged -> {});
                } catch (IOException | AlreadyClosedException e) {
                    log.debug("A merge of {} is shown by the next commit", folder, e);
                }
            });
        }
    }

    <T> T read(Path path, Read<T> read) {
        Snapshot snapshot;
        try {
            snapshot = (Snapshot) searchers.acquire();
        } catch (IOException | AlreadyClosedException e) {
            throw Failures.of(e, path);
        }
        try {
            return read.from(snapshot);
        } catch (IOException e) {
            throw Failures.of(e, path);
        } finally {
            release(snapshot);
        }
    }

    private void release(Snapshot snapshot) {
        try {
            searchers.release(snapshot);
        } catch (IOException e) {
            log.warn("Files of an old state of {} stay open", folder, e);
        }
    }

    void check(Path path) {
        if (closed) {
            throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "The index in " + path + " is closed.");
        }
        try {
            openWriter();
            if (!DirectoryReader.indexExists(folder.directory())) {
                throw new IOException("The files are gone");
            }
        } catch (IOException e) {
            throw Failures.of(e, path);
        }
        read(path, snapshot -> snapshot.getIndexReader().numDocs());
    }

    private final class PresentParts implements Consolidation.Parts {
        @Override
        public List<LeafReaderContext> present() throws IOException {
            Snapshot snapshot = (Snapshot) searchers.acquire();
            try {
                return snapshot.getIndexReader().leaves();
            } finally {
                searchers.release(snapshot);
            }
        }

        @Override
        public IndexWriter writer() {
            return writer;
        }

        @Override
        public boolean closed() {
            return closed;
        }
    }

    @Override
    public void close() throws IOException {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                IOUtils.close(searchers, writer, folder);
            }
        } finally {
            closing.unlock();
        }
    }
}
