package dev.lectern.library.consistency;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.consistency.IndexDriftDetector.DocumentVersion;
import dev.lectern.library.consistency.IndexDriftDetector.Drift;
import dev.lectern.library.consistency.IndexDriftDetector.IncompleteVersion;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies the library to another index than the one in use, from the texts and embeddings in the database, without parsing or embedding. The library is not
 * changed and may be used meanwhile. Only differences are written, so an interrupted copy can be repeated.
 */
public final class IndexCopier {
    /** Maximum comparisons while the library keeps changing. */
    private static final int MAX_ROUNDS = 10;

    private final PassageIndexRegistry target;
    private final EmbedderRepository embedders;
    private final IndexDriftDetector driftDetector;
    private final IndexRefiller refiller;
    private final IndexCopyVerifier verifier;

    private IndexCopier(Connection library, PassageIndexRegistry target, InstantSource clock) {
        SingleConnectionDataSource source = new SingleConnectionDataSource(library, true);
        JdbcClient jdbc = JdbcClient.create(source);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        EmbedderIndexRegistry indexes = LibraryConfiguration.adapt(target);
        EmbeddingRepository embeddings = new EmbeddingRepository(jdbc, new JdbcTemplate(source), transactions);
        this.target = target;
        this.embedders = new EmbedderRepository(jdbc, transactions, new CollectionGenerationRepository(jdbc));
        this.driftDetector = new IndexDriftDetector(jdbc, indexes);
        this.refiller = new IndexRefiller(
                jdbc,
                indexes,
                driftDetector,
                embedders,
                embeddings,
                new IndexCompleteness(jdbc, indexes, new CollectionGenerationRepository(jdbc)));
        this.verifier = new IndexCopyVerifier(jdbc, embeddings, clock);
    }

    /**
     * @param library connection to the library's database, used by this object alone; closed by the caller
     * @param target closed by the caller
     */
    public static IndexCopier of(Connection library, PassageIndexRegistry target, InstantSource clock) {
        return new IndexCopier(library, target, clock);
    }

    /** Receives the progress of a copy. */
    public interface Progress {
        /** Called from time to time with the number of added passages and the number that was missing at the last comparison. */
        void added(long passages, long all);
    }

    /**
     * The content of the target index.
     *
     * @param added passages; 0 when nothing was missing
     * @param found sampled passages that were found by their own embedding
     * @param lost versions whose embeddings are not in the database; they have to be ingested again
     * @param changing documents that changed during the last comparison; the next start with the target index adds them
     */
    public record Report(List<Count> collections, long added, int found, List<String> lost, int changing) {
        public Report {
            collections = List.copyOf(collections);
            lost = List.copyOf(lost);
        }
    }

    /** Number of passages of a collection in the target index. */
    public record Count(String collection, long passages) {}

    /**
     * Copies and compares until nothing is missing, then verifies the target index.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE} when the target fails, or does not agree with the library in the end
     */
    public Report run(Progress progress) {
        List<Count> counts = new ArrayList<>();
        Set<DocumentVersion> lost = new TreeSet<>(Comparator.comparing(DocumentVersion::toString));
        long added = 0;
        int found = 0;
        int changing = 0;
        for (EmbedderFingerprint fingerprint : embedders.findUsed()) {
            PassageIndex index = target.open(fingerprint);
            Drift drift = driftDetector.compare(fingerprint);
            for (int round = 0; round < MAX_ROUNDS && countDifferences(drift, lost) > 0; round++) {
                added += refiller.apply(fingerprint, drift, lost::add, reportTo(progress, drift));
                drift = driftDetector.compare(fingerprint);
            }
            changing += countDifferences(drift, lost);
            counts.addAll(verifier.verifyCounts(index, lost, changing > 0));
            found += verifier.verifySample(index);
        }
        return new Report(
                counts,
                added,
                found,
                lost.stream().map(DocumentVersion::toString).toList(),
                changing);
    }

    private static IntConsumer reportTo(Progress progress, Drift drift) {
        long all =
                drift.missing().stream().mapToLong(IncompleteVersion::expected).sum();
        return added -> progress.added(added, all);
    }

    private static int countDifferences(Drift drift, Set<DocumentVersion> lost) {
        long missing = drift.missing().stream()
                .filter(incomplete -> !lost.contains(incomplete.version()))
                .count();
        return Math.toIntExact(missing + drift.stray().size());
    }
}
