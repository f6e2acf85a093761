package dev.lectern.library.catalog;

import dev.lectern.library.DocumentTags;
import dev.lectern.library.FieldValue;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.Permission;
import dev.lectern.shared.SourceId;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Tags in the database. Those of sources are stored once, and found through the locations of documents. */
@Repository
class DocumentTagRepository implements DocumentTags {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CollectionLock lock;
    private final CollectionAccess access;

    DocumentTagRepository(
            JdbcClient jdbc, TransactionTemplate transactions, CollectionLock lock, CollectionAccess access) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lock = lock;
        this.access = access;
    }

    @Override
    public void set(Caller caller, DocumentId document, List<String> tags) {
        CollectionId collection = jdbc.sql("SELECT collection FROM document WHERE id = ?")
                .param(document.value())
                .query((row, number) -> new CollectionId(row.getString(1)))
                .optional()
                .orElseThrow(DocumentRepository::notFound);
        access.require(caller, Permission.WRITE, collection, DocumentRepository::notFound);
        transactions.executeWithoutResult(status -> {
            lock.lock(collection);
            lock.lockDocuments(List.of(document));
            if (!exists(document)) {
                throw DocumentRepository.notFound();
            }
            Set<String> inherited = Set.copyOf(jdbc.sql("SELECT s.folded FROM location l"
                            + " JOIN source_tag s ON s.source = l.source WHERE l.document = ?")
                    .param(document.value())
                    .query(String.class)
                    .list());
            jdbc.sql("DELETE FROM document_tag WHERE document = ?")
                    .param(document.value())
                    .update();
            for (String tag : tags) {
                String folded = FieldValue.fold(tag);
                if (!inherited.contains(folded)) {
                    jdbc.sql("INSERT INTO document_tag (document, folded, tag, collection) VALUES (?, ?, ?, ?)")
                            .params(document.value(), folded, tag, collection.value())
                            .update();
                }
            }
            raiseGeneration(collection);
        });
    }

    private boolean exists(DocumentId document) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ?")
                        .param(document.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public void set(WritableCollection collection, SourceId source, List<String> tags) {
        transactions.executeWithoutResult(status -> {
            if (!lock.lock(collection.id())) {
                return;
            }
            int removed = jdbc.sql("DELETE FROM source_tag WHERE source = ? AND collection = ?")
                    .params(source.value(), collection.id().value())
                    .update();
            for (String tag : tags) {
                jdbc.sql("INSERT INTO source_tag (source, folded, tag, collection) VALUES (?, ?, ?, ?)")
                        .params(
                                source.value(),
                                FieldValue.fold(tag),
                                tag,
                                collection.id().value())
                        .update();
            }
            if (removed > 0 || !tags.isEmpty()) {
                raiseGeneration(collection.id());
            }
        });
    }

    private void raiseGeneration(CollectionId collection) {
        jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                .param(collection.value())
                .update();
    }

    @Override
    public List<String> find(WritableCollection collection, SourceId source) {
        return jdbc.sql("SELECT tag FROM source_tag WHERE source = ? AND collection = ? ORDER BY folded")
                .params(source.value(), collection.id().value())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
