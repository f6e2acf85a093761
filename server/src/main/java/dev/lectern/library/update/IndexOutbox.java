package dev.lectern.library.update;

import dev.lectern.index.PassageSelection;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.NodeRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletions from the indexes that are still to be carried out. A transaction writes the entries of what it deletes; a version gets its entry before it is
 * added to the index, and loses it when it becomes the present one. An entry belongs to the node that wrote it. Another node first takes over the entries of
 * a dead one, so that the dead one can no longer remove an entry and commit a version that is being deleted.
 */
@Component
class IndexOutbox {
    private final JdbcClient jdbc;
    private final EmbedderRepository embedders;
    private final EmbedderIndexRegistry indexes;
    private final IdGenerator ids;
    private final NodeRegistry nodeRegistry;
    /** Entries of this node that their writer removes or carries out itself. */
    private final Set<String> reserved = ConcurrentHashMap.newKeySet();

    IndexOutbox(
            JdbcClient jdbc,
            EmbedderRepository embedders,
            EmbedderIndexRegistry indexes,
            IdGenerator ids,
            NodeRegistry nodeRegistry) {
        this.jdbc = jdbc;
        this.embedders = embedders;
        this.indexes = indexes;
        this.ids = ids;
        this.nodeRegistry = nodeRegistry;
    }

    /** Adds an entry for the index of one embedder in the current transaction and returns its id. */
    String add(String embedder, PassageSelection passageSelection) {
        IndexOutboxEntry entry = IndexOutboxEntry.of(ids.next(), embedder, passageSelection);
        reserved.add(entry.id());
        jdbc.sql("INSERT INTO index_outbox (id, embedder, kind, target, version, owner) VALUES (?, ?, ?, ?, ?, ?)")
                .params(entry.id(), embedder, entry.kind(), entry.target(), entry.version(), nodeRegistry.self())
                .update();
        return entry.id();
    }

    /** Adds an entry for every index in the current transaction. */
    void addForAllIndexes(PassageSelection passageSelection, OutboxEntries entries) {
        embedders.findIndexedIds().forEach(embedder -> entries.index().add(add(embedder, passageSelection)));
    }

    /** Removes an entry in the current transaction. False when another node took it over, since it considers this node dead. */
    boolean remove(String id) {
        return jdbc.sql("DELETE FROM index_outbox WHERE id = ? AND owner = ?")
                        .params(id, nodeRegistry.self())
                        .update()
                == 1;
    }

    /** Ends the reservation of entries. {@link #executeUnreserved} carries out those that still exist. */
    void release(Collection<String> entries) {
        entries.forEach(reserved::remove);
    }

    /** Carries out entries of this node and releases them. */
    void execute(List<String> entries) {
        try {
            deleteFromIndexes(entries);
        } finally {
            release(entries);
        }
    }

    /** Takes over the entries of dead nodes and carries out those that no writer reserved. */
    void executeUnreserved() {
        jdbc.sql("UPDATE index_outbox SET owner = ? WHERE " + nodeRegistry.orphanCondition("index_outbox.owner"))
                .param(nodeRegistry.self())
                .update();
        List<String> unreserved = jdbc
                .sql("SELECT id FROM index_outbox WHERE owner = ?")
                .param(nodeRegistry.self())
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .filter(id -> !reserved.contains(id))
                .toList();
        deleteFromIndexes(unreserved);
    }

    /** Reads the entries first, since their writer may have removed some in the meantime. */
    private void deleteFromIndexes(List<String> entries) {
        for (List<String> some : SqlParameters.split(entries)) {
            deleteSelected(jdbc.sql("SELECT * FROM index_outbox WHERE owner = ? AND id IN ("
                            + SqlParameters.placeholders(some.size()) + ")")
                    .param(nodeRegistry.self())
                    .params(some)
                    .query(IndexOutboxEntry::read)
                    .list());
        }
    }

    private void deleteSelected(List<IndexOutboxEntry> entries) {
        Map<String, List<PassageSelection>> selections = new LinkedHashMap<>();
        entries.forEach(entry -> selections
                .computeIfAbsent(entry.embedder(), key -> new ArrayList<>())
                .add(entry.selection()));
        selections.forEach((embedder, some) -> embedders
                .findIndexed(embedder)
                .ifPresent(fingerprint -> indexes.open(fingerprint).delete(some)));
        for (List<IndexOutboxEntry> some : SqlParameters.split(entries)) {
            jdbc.sql("DELETE FROM index_outbox WHERE id IN (" + SqlParameters.placeholders(some.size()) + ")")
                    .params(some.stream().map(IndexOutboxEntry::id).toList())
                    .update();
        }
    }
}
