package dev.lectern.library.update;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.jdbc.BlockCodec;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.library.jdbc.EmbedderLock;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits new versions of documents. A version gets an outbox entry, which deletes it, before it is added to the index, and loses the entry when it becomes
 * the present one. A process killed in between leaves only the entry. Every attempt on every node gets a number of its own, so that the remains of one attempt
 * can be deleted while another is committed.
 */
@Component
public class DocumentCommitter {
    /** Maximum passages whose embeddings are in memory. */
    private static final int PASSAGES_IN_MEMORY = 1_000;

    /** The first version with the text of the new one. */
    private static final String TEXT_VERSION =
            "CASE WHEN EXISTS (SELECT 1 FROM document_text t WHERE t.document = document.id AND t.body = ?)"
                    + " THEN CASE WHEN text_checked = version THEN text_version ELSE version END ELSE ? END";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final CollectionLock collectionLock;
    private final EmbedderLock embedderLock;
    private final TransactionTemplate transactions;
    private final EmbedderIndexRegistry indexes;
    private final EmbedderRepository embedders;
    private final EmbeddingRepository embeddings;
    private final IndexOutbox outbox;
    private final OutboxProcessor outboxes;
    private final DocumentRemover remover;
    private final MetadataWriter metadata;
    private final IdenticalRereads rereads;
    private final InstantSource clock;
    /** One commit at a time bounds the embeddings in memory. */
    private final ReentrantLock running = new ReentrantLock();

    DocumentCommitter(
            JdbcClient jdbc,
            JdbcTemplate batches,
            CollectionLock collectionLock,
            EmbedderLock embedderLock,
            TransactionTemplate transactions,
            EmbedderIndexRegistry indexes,
            EmbedderRepository embedders,
            EmbeddingRepository embeddings,
            IndexOutbox outbox,
            OutboxProcessor outboxes,
            DocumentRemover remover,
            MetadataWriter metadata,
            IdenticalRereads rereads,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.collectionLock = collectionLock;
        this.embedderLock = embedderLock;
        this.transactions = transactions;
        this.indexes = indexes;
        this.embedders = embedders;
        this.embeddings = embeddings;
        this.outbox = outbox;
        this.outboxes = outboxes;
        this.remover = remover;
        this.metadata = metadata;
        this.rereads = rereads;
        this.clock = clock;
    }

    /**
     * Commits new versions: adds them to the index, makes them the present ones in one transaction, which raises the generation of each collection once, and
     * deletes the former versions from the indexes. Documents that were deleted or have newer bytes are left out. A document that another version of the
     * pipeline has read with the same result keeps its version. Can be repeated after a crash.
     *
     * @param inTransaction its writes commit or roll back with the versions
     * @throws LecternException INDEX_UNAVAILABLE; nothing has changed then
     * @throws MissingEmbeddingException when an embedding was deleted or another embedder became active in the meantime
     */
    public void commit(List<PreparedDocument> documents, PipelineVersion pipeline, Runnable inTransaction) {
        running.lock();
        try {
            List<PreparedDocument> identical = documents.stream()
                    .filter(document -> rereads.isIdentical(document, pipeline))
                    .toList();
            List<PreparedDocument> changed = documents.stream()
                    .filter(document -> !identical.contains(document))
                    .toList();
            List<NewVersion> versions = transactions.execute(status -> announce(changed, pipeline));
            OutboxEntries entries = new OutboxEntries();
            versions.forEach(version -> entries.index().add(version.outboxEntry()));
            try {
                addToIndex(versions, pipeline);
                transactions.executeWithoutResult(status -> {
                    makePresent(versions, pipeline, entries);
                    rereads.update(identical, pipeline);
                    inTransaction.run();
                });
            } catch (RuntimeException e) {
                outbox.release(entries.index());
                throw e;
            }
            outboxes.execute(entries);
        } finally {
            running.unlock();
        }
    }

    private List<NewVersion> announce(List<PreparedDocument> documents, PipelineVersion pipeline) {
        requireActiveEmbedder(pipeline);
        embedders.save(pipeline.embedder());
        return documents.stream()
                .sorted(Comparator.comparing(document -> document.id().value()))
                .flatMap(document -> announce(document, pipeline).stream())
                .toList();
    }

    /** Reserves the number of a version and writes its outbox entry. Empty when the document was deleted or has newer bytes. */
    private Optional<NewVersion> announce(PreparedDocument document, PipelineVersion pipeline) {
        return jdbc.sql("UPDATE document SET announced = announced + 1 WHERE id = ? AND hash = ?"
                        + " RETURNING collection, announced, present_hash")
                .params(document.id().value(), document.hash())
                .query((row, number) -> new NewVersion(
                        document, new CollectionId(row.getString(1)), row.getInt(2), row.getString(3), ""))
                .optional()
                .map(version -> version.withOutboxEntry(outbox.add(
                        pipeline.embedder().id(), new PassageSelection.OfVersion(document.id(), version.version()))));
    }

    private void addToIndex(List<NewVersion> versions, PipelineVersion pipeline) {
        PassageIndex index = indexes.open(pipeline.embedder());
        List<NewPassage> passages = versions.stream()
                .flatMap(version -> version.passages().stream())
                .toList();
        for (List<NewPassage> some : SqlParameters.split(passages, PASSAGES_IN_MEMORY)) {
            Map<String, float[]> vectors = embeddings.load(
                    pipeline.embedder(),
                    some.stream().map(passage -> passage.passage().embedding()).toList());
            index.add(some.stream().map(passage -> passage.toIndexed(vectors)).toList());
        }
    }

    private void makePresent(List<NewVersion> versions, PipelineVersion pipeline, OutboxEntries entries) {
        embedderLock.lockShared();
        requireActiveEmbedder(pipeline);
        collectionLock.lock(versions.stream().map(NewVersion::collection).toList());
        Set<CollectionId> changed = new LinkedHashSet<>();
        for (NewVersion version : versions) {
            if (updateDocument(version, pipeline)) {
                replaceFormerVersion(version, entries);
                writeContent(version);
                changed.add(version.collection());
            }
        }
        for (CollectionId collection : changed) {
            jdbc.sql("UPDATE collection SET generation = generation + 1, embedder = ? WHERE id = ?")
                    .params(pipeline.embedder().id(), collection.value())
                    .update();
        }
    }

    /** A search would not find passages that were embedded by another embedder than the active one. */
    private void requireActiveEmbedder(PipelineVersion pipeline) {
        boolean other = jdbc.sql("SELECT COUNT(*) FROM collection WHERE embedder <> ?")
                        .param(pipeline.embedder().id())
                        .query(Long.class)
                        .single()
                > 0;
        if (other) {
            throw new MissingEmbeddingException();
        }
    }

    /**
     * False when the document was deleted, has newer bytes or a newer version. A document whose file was renamed while it was read has the title of its present
     * name already, and is read again.
     */
    private boolean updateDocument(NewVersion version, PipelineVersion pipeline) {
        PreparedDocument document = version.document();
        return jdbc.sql(
                                "UPDATE document SET media_type = ?, title = CASE WHEN uri <> ? AND ? > 0 THEN title ELSE ? END,"
                                        + " title_source = ?, text_version = " + TEXT_VERSION + ", text_checked = ?,"
                                        + " status = ?, reason_code = NULL, reason = NULL, stale_since = NULL,"
                                        + " version = ?, passages = ?, notices = ?, present_hash = hash,"
                                        + " settled_pipelines = " + UpToDateCondition.WITH_LAST + ","
                                        + " attempted_hash = CASE WHEN uri <> ? THEN NULL ELSE hash END, pipeline = ?,"
                                        + " embedder = ?, updated_at = ? WHERE id = ? AND hash = ? AND version < ?")
                        .param(document.mediaType())
                        .params(
                                document.uri(),
                                document.titleSource() == TitleSource.CONTENT ? 0 : 1,
                                document.title(),
                                document.titleSource().text(),
                                document.text(),
                                version.version(),
                                version.version(),
                                DocumentStatus.DONE.text(),
                                version.version(),
                                document.passages().size())
                        .param(BlockCodec.encodeNotices(document.notices()))
                        .params(
                                document.uri(),
                                pipeline.pipeline(),
                                pipeline.embedder().id(),
                                clock.millis(),
                                document.id().value(),
                                document.hash(),
                                version.version())
                        .update()
                == 1;
    }

    private void replaceFormerVersion(NewVersion version, OutboxEntries entries) {
        if (!outbox.remove(version.outboxEntry())) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "This node did not renew its lease in time and another node took over its work. The document is processed again.");
        }
        if (version.version() > 1) {
            outbox.addForAllIndexes(
                    new PassageSelection.OfVersionsBefore(version.document().id(), version.version()), entries);
        }
        if (!version.document().hash().equals(version.formerHash())) {
            remover.releaseOriginal(version.formerHash(), entries);
        }
    }

    private void writeContent(NewVersion version) {
        PreparedDocument document = version.document();
        String id = document.id().value();
        jdbc.sql("DELETE FROM passage WHERE document = ?").param(id).update();
        jdbc.sql("DELETE FROM document_text WHERE document = ?").param(id).update();
        jdbc.sql("INSERT INTO document_text (document, body, headings, pages, blocks, lines) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        document.text(),
                        LineCodec.encodeHeadings(document.headings()),
                        LineCodec.encodePages(document.pages()),
                        BlockCodec.encodeBlocks(document.blocks()),
                        BlockCodec.encodeLines(document.lines()))
                .update();
        metadata.write(version);
        List<Object[]> rows = new ArrayList<>(document.passages().size());
        version.passages().forEach(passage -> rows.add(passage.toRow()));
        batches.batchUpdate(
                "INSERT INTO passage (id, document, version, ordinal, language, headings, table_header, page, start_at, end_at,"
                        + " body, embedding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }
}
