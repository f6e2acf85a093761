package dev.lectern.library.jdbc;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.MissingEmbeddingException;
import dev.lectern.library.PreparedDocument;
import dev.lectern.library.PreparedDocument.PreparedPassage;
import dev.lectern.library.Recipe;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.PassageId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows new versions. A version is written down as unwanted before the index learns of it and crossed out when it becomes the present one, so that a
 * process killed anywhere between leaves an outbox entry and nothing else. No two attempts get the same number, on whatever node, so that what is left
 * of one can be deleted while another is shown.
 */
@Component
class Commit {
    /** Passages whose embeddings are in memory at a time. */
    private static final int PASSAGES = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final CollectionLock lock;
    private final EmbedderLock switching;
    private final TransactionTemplate transactions;
    private final LibraryIndexes indexes;
    private final JdbcEmbeddings embeddings;
    private final Outbox outbox;
    private final Removal removal;
    private final InstantSource clock;
    /** One commit at a time in this process bounds the embeddings in memory. */
    private final ReentrantLock one = new ReentrantLock();

    Commit(
            JdbcClient jdbc,
            JdbcTemplate batches,
            CollectionLock lock,
            EmbedderLock switching,
            TransactionTemplate transactions,
            LibraryIndexes indexes,
            JdbcEmbeddings embeddings,
            Outbox outbox,
            Removal removal,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.lock = lock;
        this.switching = switching;
        this.transactions = transactions;
        this.indexes = indexes;
        this.embeddings = embeddings;
        this.outbox = outbox;
        this.removal = removal;
        this.clock = clock;
    }

    void commit(List<PreparedDocument> documents, Recipe recipe, Runnable inTransaction) {
        one.lock();
        try {
            List<NewVersion> versions = transactions.execute(status -> announce(documents, recipe));
            Outbox.Entries entries = new Outbox.Entries();
            versions.forEach(version -> entries.index().add(version.entry()));
            try {
                addToIndex(versions, recipe);
                transactions.executeWithoutResult(status -> {
                    show(versions, recipe, entries);
                    inTransaction.run();
                });
            } catch (RuntimeException e) {
                outbox.letGo(entries.index());
                throw e;
            }
            outbox.finish(entries);
        } finally {
            one.unlock();
        }
    }

    private List<NewVersion> announce(List<PreparedDocument> documents, Recipe recipe) {
        requireInForce(recipe);
        Sql.saveEmbedder(jdbc, recipe.embedder());
        List<NewVersion> versions = new ArrayList<>();
        documents.stream()
                .sorted(Comparator.comparing(document -> document.id().value()))
                .forEach(document -> announce(document).ifPresent(row -> {
                    String entry = outbox.add(
                            recipe.embedder().id(), new PassageSelection.OfVersion(document.id(), row.version()));
                    versions.add(new NewVersion(document, row.collection(), row.version(), row.presentHash(), entry));
                }));
        return versions;
    }

    private Optional<Row> announce(PreparedDocument document) {
        return jdbc.sql("UPDATE document SET announced = announced + 1 WHERE id = ? AND hash = ?"
                        + " RETURNING collection, announced, present_hash")
                .params(document.id().value(), document.hash())
                .query((row, number) -> new Row(new CollectionId(row.getString(1)), row.getInt(2), row.getString(3)))
                .optional();
    }

    private void addToIndex(List<NewVersion> versions, Recipe recipe) {
        PassageIndex index = indexes.open(recipe.embedder());
        List<Numbered> all = versions.stream()
                .flatMap(version -> version.numbered().stream())
                .toList();
        for (List<Numbered> some : Sql.chunks(all, PASSAGES)) {
            Map<String, float[]> vectors = embeddings.load(
                    recipe.embedder(),
                    some.stream()
                            .map(numbered -> numbered.passage().embedding())
                            .toList());
            index.add(some.stream().map(numbered -> numbered.indexed(vectors)).toList());
        }
    }

    private void show(List<NewVersion> versions, Recipe recipe, Outbox.Entries entries) {
        switching.share();
        requireInForce(recipe);
        lock.take(versions.stream().map(NewVersion::collection).toList());
        Set<CollectionId> changed = new LinkedHashSet<>();
        for (NewVersion version : versions) {
            if (flip(version, recipe)) {
                if (!outbox.crossOut(version.entry())) {
                    throw new LecternException(
                            ErrorCode.DATABASE_UNAVAILABLE,
                            "This node was silent for so long that another finished what it was doing. It is done again.");
                }
                if (version.version() > 1) {
                    outbox.addToAll(
                            new PassageSelection.OfVersionsBefore(
                                    version.document().id(), version.version()),
                            entries);
                }
                if (!version.document().hash().equals(version.oldHash())) {
                    removal.forget(version.oldHash(), entries);
                }
                write(version);
                changed.add(version.collection());
            }
        }
        for (CollectionId collection : changed) {
            jdbc.sql("UPDATE collection SET generation = generation + 1, embedder = ? WHERE id = ?")
                    .params(recipe.embedder().id(), collection.value())
                    .update();
        }
    }

    /** What was made before the library moved to another embedder would not be found. */
    private void requireInForce(Recipe recipe) {
        boolean other = jdbc.sql("SELECT COUNT(*) FROM collection WHERE embedder <> ?")
                        .param(recipe.embedder().id())
                        .query(Long.class)
                        .single()
                > 0;
        if (other) {
            throw new MissingEmbeddingException();
        }
    }

    private boolean flip(NewVersion version, Recipe recipe) {
        PreparedDocument document = version.document();
        return jdbc.sql("UPDATE document SET media_type = ?, title = ?, status = ?, reason_code = NULL, reason = NULL,"
                                + " version = ?, passages = ?, present_hash = hash, attempted_hash = hash, pipeline = ?,"
                                + " embedder = ?, updated_at = ? WHERE id = ? AND hash = ? AND version < ?")
                        .param(document.mediaType())
                        .params(
                                document.title(),
                                DocumentStatus.DONE.text(),
                                version.version(),
                                document.passages().size(),
                                recipe.pipeline(),
                                recipe.embedder().id(),
                                clock.millis(),
                                document.id().value(),
                                document.hash(),
                                version.version())
                        .update()
                == 1;
    }

    private void write(NewVersion version) {
        PreparedDocument document = version.document();
        String id = document.id().value();
        jdbc.sql("DELETE FROM passage WHERE document = ?").param(id).update();
        jdbc.sql("DELETE FROM document_text WHERE document = ?").param(id).update();
        jdbc.sql("INSERT INTO document_text (document, body, headings, pages) VALUES (?, ?, ?, ?)")
                .params(id, document.text(), Lines.ofHeadings(document.headings()), Lines.ofPages(document.pages()))
                .update();
        List<Object[]> rows = new ArrayList<>(document.passages().size());
        version.numbered().forEach(numbered -> rows.add(numbered.row()));
        batches.batchUpdate(
                "INSERT INTO passage (id, document, version, ordinal, language, headings, table_header, page, start_at, end_at,"
                        + " body, embedding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private record Row(
            CollectionId collection, int version, @Nullable String presentHash) {}

    /** @param entry of the outbox, which says that this version must not be in the index */
    private record NewVersion(
            PreparedDocument document,
            CollectionId collection,
            int version,
            @Nullable String oldHash,
            String entry) {
        List<Numbered> numbered() {
            List<Numbered> numbered = new ArrayList<>(document.passages().size());
            for (int ordinal = 0; ordinal < document.passages().size(); ordinal++) {
                numbered.add(new Numbered(this, ordinal, document.passages().get(ordinal)));
            }
            return numbered;
        }
    }

    private record Numbered(NewVersion version, int ordinal, PreparedPassage passage) {
        String id() {
            return version.document().id() + "." + version.version() + "." + ordinal;
        }

        String text() {
            return version.document().text().substring(passage.start(), passage.end());
        }

        IndexedPassage indexed(Map<String, float[]> vectors) {
            float[] vector = vectors.get(passage.embedding());
            if (vector == null) {
                throw new MissingEmbeddingException();
            }
            return new IndexedPassage(
                    new PassageId(id()),
                    version.collection(),
                    version.document().id(),
                    version.version(),
                    passage.language(),
                    version.document().title(),
                    passage.headings(),
                    text(),
                    vector);
        }

        @Nullable Object[] row() {
            return new @Nullable Object[] {
                id(),
                version.document().id().value(),
                version.version(),
                ordinal,
                passage.language(),
                Lines.ofTexts(passage.headings()),
                passage.tableHeader(),
                passage.page(),
                passage.start(),
                passage.end(),
                text(),
                passage.embedding()
            };
        }
    }
}
