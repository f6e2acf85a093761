package dev.lectern.index.lucene;

import dev.lectern.index.DamagedIndexException;
import dev.lectern.shared.EmbedderFingerprint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** The folder with the files of one index. The commit data records the fingerprint and the format version. */
final class LuceneFolder implements Closeable {
    /** Format version. Increment it with every change to fields or analyzers that changes search results. */
    static final String FORMAT = "1";

    private static final String FINGERPRINT_KEY = "fingerprint";
    private static final String FORMAT_KEY = "format";
    private static final double WRITE_BUFFER_MB = 48;

    /** Lucene's default limit is 1024; hosted embedding models have up to 3072 dimensions. */
    private static final int MAX_DIMENSIONS = 4096;

    private final Path path;
    private final Directory directory;
    private final Map<String, String> marks;

    private LuceneFolder(Path path, Directory directory, EmbedderFingerprint fingerprint) {
        this.path = path;
        this.directory = directory;
        this.marks = Map.of(FINGERPRINT_KEY, fingerprint.toString(), FORMAT_KEY, FORMAT);
    }

    static LuceneFolder open(Path path, EmbedderFingerprint fingerprint) throws IOException {
        Files.createDirectories(path);
        return new LuceneFolder(path, FSDirectory.open(path), fingerprint);
    }

    Directory directory() {
        return directory;
    }

    /**
     * Opens a writer; afterwards the folder has at least one commit.
     *
     * @throws DamagedIndexException when the folder contains an index with another fingerprint or format
     */
    IndexWriter writer(Analyzer analyzer, MergeScheduler merges) throws IOException {
        boolean isNew = SegmentInfos.getLastCommitGeneration(directory) < 0;
        if (!isNew) {
            check(SegmentInfos.readLatestCommit(directory).getUserData());
        }
        IndexWriter writer = new IndexWriter(directory, configuration(analyzer, merges));
        writer.setLiveCommitData(marks.entrySet());
        if (isNew) {
            writer.commit();
        }
        return writer;
    }

    private void check(Map<String, String> found) {
        if (!marks.equals(found)) {
            String difference = FORMAT.equals(found.get(FORMAT_KEY))
                    ? "was built with another embedding model"
                    : "was built by another version of Lectern";
            throw new DamagedIndexException(
                    "The index in " + path + " " + difference
                            + ". Restart Lectern to rebuild the index from the library.",
                    null);
        }
    }

    private static IndexWriterConfig configuration(Analyzer analyzer, MergeScheduler merges) {
        return new IndexWriterConfig(analyzer)
                .setSimilarity(IndexSnapshot.SIMILARITY)
                .setCodec(new QuantisedCodec())
                .setRAMBufferSizeMB(WRITE_BUFFER_MB)
                .setMergePolicy(new TieredMergePolicy().setSegmentsPerTier(4).setDeletesPctAllowed(10))
                .setMergeScheduler(merges)
                // Every change is committed immediately; a merge that is running when the program stops is
                // abandoned.
                .setCommitOnClose(false);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static final class QuantisedCodec extends Lucene104Codec {
        private final KnnVectorsFormat vectors = new HighDimensionalVectorsFormat();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return vectors;
        }
    }

    /** Lucene's scalar-quantised format with a higher dimension limit. It has Lucene's format name, so that an unmodified Lucene can read it. */
    private static final class HighDimensionalVectorsFormat extends KnnVectorsFormat {
        private final Lucene104HnswScalarQuantizedVectorsFormat format = new Lucene104HnswScalarQuantizedVectorsFormat(
                ScalarEncoding.SEVEN_BIT, LuceneTuning.MAX_CONNECTIONS, LuceneTuning.EF_CONSTRUCTION);

        HighDimensionalVectorsFormat() {
            super(Lucene104HnswScalarQuantizedVectorsFormat.NAME);
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return format.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return format.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MAX_DIMENSIONS;
        }
    }
}
