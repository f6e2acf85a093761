package dev.lectern.index.lucene;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.TaskThreads;
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
 * was closed by an error, such as a full disk, is reopened by the next write.
 */
final class LuceneIndexHandle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LuceneIndexHandle.class);

    /** A change that is part of the next commit. */
    interface Change {
        void apply(IndexWriter writer) throws IOException;
    }

    /** A read of one snapshot. */
    interface Read<T> {
        T from(IndexSnapshot indexSnapshot) throws IOException;
    }

    private final LuceneFolder folder;
    private final Analyzer analyzer;
    private final DocumentSetCache documentSets = new DocumentSetCache();
    private final AtomicBoolean mergeCommitPending = new AtomicBoolean();
    private volatile IndexWriter writer;
    private final SearcherManager searchers;
    private final Lock openLock;
    private final Lock closeLock;
    private final SegmentConsolidator segmentConsolidator;
    private volatile boolean closed;

    private LuceneIndexHandle(LuceneFolder folder, Analyzer analyzer, Duration quiet) throws IOException {
        ReentrantReadWriteLock writing = new ReentrantReadWriteLock();
        this.openLock = writing.readLock();
        this.closeLock = writing.writeLock();
        this.folder = folder;
        this.analyzer = analyzer;
        this.writer = folder.writer(analyzer, new BackgroundMergeScheduler(this::commitMerge));
        this.searchers = new SearcherManager(folder.directory(), new SearcherFactory() {
            @Override
            public IndexSnapshot newSearcher(IndexReader reader, @Nullable IndexReader previous) throws IOException {
                return new IndexSnapshot(reader, documentSets);
            }
        });
        this.segmentConsolidator = new SegmentConsolidator(new CurrentSegments(), quiet);
    }

    /** @param quiet time without writes before the segments are consolidated */
    static LuceneIndexHandle open(LuceneFolder folder, Analyzer analyzer, Duration quiet) throws IOException {
        try {
            return new LuceneIndexHandle(folder, analyzer, quiet);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Applies and commits a change. After it returns, the change is durable and visible to every later read. */
    void write(Change change) throws IOException {
        commit(change);
        segmentConsolidator.recordWrite();
    }

    private void commit(Change change) throws IOException {
        openLock.lock();
        try {
            IndexWriter open = openWriter();
            change.apply(open);
            open.commit();
            searchers.maybeRefreshBlocking();
        } finally {
            openLock.unlock();
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
            log.warn("The index writer of {} is reopened after a failure", folder, writer.getTragicException());
            writer = folder.writer(analyzer, new BackgroundMergeScheduler(this::commitMerge));
        }
        return writer;
    }

    /** Commits after a merge. Without it, searches would use the unmerged segments until the next write. */
    private void commitMerge() {
        if (!closed && mergeCommitPending.compareAndSet(false, true)) {
            TaskThreads.startPlatformThread("index-merged", new BackgroundTask(() -> {
                mergeCommitPending.set(false);
                try {
                    commit(unchanged -> {});
                } catch (IOException | AlreadyClosedException e) {
                    log.debug("Commit after a merge of {} failed; the next commit includes the merge", folder, e);
                } catch (RuntimeException | Error e) {
                    log.warn("Commit after a merge of {} failed; the next commit includes the merge", folder, e);
                }
            }));
        }
    }

    <T> T read(Path path, Read<T> read) {
        IndexSnapshot indexSnapshot;
        try {
            indexSnapshot = (IndexSnapshot) searchers.acquire();
        } catch (IOException | AlreadyClosedException e) {
            throw LuceneExceptionTranslator.of(e, path);
        }
        try {
            return read.from(indexSnapshot);
        } catch (IOException e) {
            throw LuceneExceptionTranslator.of(e, path);
        } finally {
            release(indexSnapshot);
        }
    }

    private void release(IndexSnapshot indexSnapshot) {
        try {
            searchers.release(indexSnapshot);
        } catch (IOException e) {
            log.warn("Files of an old snapshot of {} stay open", folder, e);
        }
    }

    void check(Path path) {
        if (closed) {
            throw new LecternException(ErrorCode.INDEX_UNAVAILABLE, "The index in " + path + " is closed.");
        }
        try {
            openWriter();
            if (!DirectoryReader.indexExists(folder.directory())) {
                throw new IOException("The index files are missing");
            }
        } catch (IOException e) {
            throw LuceneExceptionTranslator.of(e, path);
        }
        read(path, indexSnapshot -> indexSnapshot.getIndexReader().numDocs());
    }

    private final class CurrentSegments implements SegmentConsolidator.Segments {
        @Override
        public List<LeafReaderContext> current() throws IOException {
            IndexSnapshot indexSnapshot = (IndexSnapshot) searchers.acquire();
            try {
                return indexSnapshot.getIndexReader().leaves();
            } finally {
                searchers.release(indexSnapshot);
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
        closeLock.lock();
        try {
            if (!closed) {
                closed = true;
                IOUtils.close(searchers, writer, folder);
            }
        } finally {
            closeLock.unlock();
        }
    }
}
