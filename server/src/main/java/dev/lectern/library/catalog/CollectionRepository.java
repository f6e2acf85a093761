package dev.lectern.library.catalog;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.library.CollectionChange;
import dev.lectern.library.CollectionName;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchableCollections;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.library.update.DocumentRemover;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Collections in the database. */
@Repository
class CollectionRepository implements LibraryCollections {
    private static final int MAX_COLLECTIONS = 1_000;
    private static final String COLLECTION = "collection";
    /** Documents without a version are few except while they are read, so they are counted each time; {@link SearchableDocumentCounts} has the others. */
    private static final String SELECT = "SELECT c.id, c.name, c.generation, c.created_at, c.conversations_kept_days,"
            + " (SELECT COUNT(*) FROM document d WHERE d.collection = c.id AND d.status IN ('queued', 'running')"
            + " AND d.version = 0) AS pending,"
            + " (SELECT COUNT(*) FROM document d WHERE d.collection = c.id AND d.status = 'failed'"
            + " AND d.version = 0) AS unreadable FROM collection c ";

    private final JdbcClient jdbc;
    private final CollectionGenerationRepository generations;
    private final CollectionAccess access;
    private final CollectionGrants grants;
    private final TransactionTemplate transactions;
    private final DocumentRemover remover;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final SearchableDocumentCounts searchable;
    private final DocumentWarningRepository warnings;
    private final AuditLog auditLog;

    CollectionRepository(
            JdbcClient jdbc,
            CollectionGenerationRepository generations,
            CollectionAccess access,
            CollectionGrants grants,
            TransactionTemplate transactions,
            DocumentRemover remover,
            IdGenerator ids,
            InstantSource clock,
            DocumentWarningRepository warnings,
            AuditLog auditLog) {
        this.jdbc = jdbc;
        this.generations = generations;
        this.access = access;
        this.grants = grants;
        this.transactions = transactions;
        this.remover = remover;
        this.ids = ids;
        this.clock = clock;
        this.searchable = new SearchableDocumentCounts(jdbc);
        this.warnings = warnings;
        this.auditLog = auditLog;
    }

    /** A collection without the number of its searchable documents. */
    private record Row(
            CollectionId id,
            String name,
            long pending,
            long unreadable,
            long generation,
            @Nullable Instant createdAt,
            @Nullable Integer conversationsKeptDays) {
        static Row read(ResultSet row, int number) throws SQLException {
            long created = row.getLong("created_at");
            Instant createdAt = row.wasNull() ? null : Instant.ofEpochMilli(created);
            int days = row.getInt("conversations_kept_days");
            Integer keptDays = row.wasNull() ? null : days;
            return new Row(
                    new CollectionId(row.getString("id")),
                    row.getString("name"),
                    row.getLong("pending"),
                    row.getLong("unreadable"),
                    row.getLong("generation"),
                    createdAt,
                    keptDays);
        }

        /**
         * @param read number of documents with a version
         * @param hidden those of them that are not searched
         */
        LibraryCollection with(long read, long hidden) {
            return new LibraryCollection(
                    id,
                    name,
                    read + pending + unreadable,
                    read - hidden,
                    pending,
                    generation,
                    createdAt,
                    conversationsKeptDays);
        }
    }

    @Override
    public ReadableCollections readableBy(Caller caller) {
        return access.readable(caller, generations.read().generations().keySet());
    }

    @Override
    public ReadableCollections readableBy(Caller caller, List<CollectionId> wanted) {
        return searchableBy(caller, wanted).readable();
    }

    @Override
    public SearchableCollections searchableBy(Caller caller, List<CollectionId> wanted) {
        Map<CollectionId, Long> all = generations.read().generations();
        Set<CollectionId> chosen = wanted.isEmpty() ? all.keySet() : Set.copyOf(new HashSet<>(wanted));
        ReadableCollections readable = access.readable(caller, chosen);
        if (!all.keySet().containsAll(chosen)
                || (!wanted.isEmpty() && readable.ids().size() < chosen.size())) {
            throw LibraryCollections.notFound();
        }
        if (readable.ids().size() == all.size()) {
            return new SearchableCollections(readable, all);
        }
        Map<CollectionId, Long> some = new HashMap<>(all);
        some.keySet().retainAll(readable.ids());
        return new SearchableCollections(readable, some);
    }

    @Override
    public WritableCollection writableBy(Caller caller, CollectionId collection) {
        if (!generations.read().generations().containsKey(collection)) {
            throw LibraryCollections.notFound();
        }
        return access.writable(caller, collection, LibraryCollections::notFound);
    }

    @Override
    public Map<CollectionId, Long> generations(ReadableCollections collections) {
        Map<CollectionId, Long> wanted = new HashMap<>(generations.read().generations());
        wanted.keySet().retainAll(collections.ids());
        return wanted;
    }

    @Override
    public List<LibraryCollection> list(Caller caller) {
        return count(jdbc.sql(SELECT + "ORDER BY c.created_at IS NOT NULL, c.id").query(Row::read).list().stream()
                .filter(row -> access.isGranted(caller, Permission.READ, row.id()))
                .toList());
    }

    @Override
    public List<LibraryCollection> list(ReadableCollections collections) {
        List<Row> found = new ArrayList<>(collections.ids().size());
        for (List<CollectionId> some : SqlParameters.split(collections.ids())) {
            found.addAll(jdbc.sql(SELECT + "WHERE c.id IN (" + SqlParameters.placeholders(some.size()) + ")")
                    .params(some.stream().map(CollectionId::value).toList())
                    .query(Row::read)
                    .list());
        }
        found.sort(Comparator.comparing(Row::name).thenComparing(row -> row.id().value()));
        return count(found);
    }

    @Override
    public LibraryCollection get(Caller caller, CollectionId collection) {
        access.require(caller, Permission.READ, collection, LibraryCollections::notFound);
        Row found = jdbc.sql(SELECT + "WHERE c.id = ?")
                .param(collection.value())
                .query(Row::read)
                .optional()
                .orElseThrow(LibraryCollections::notFound);
        return count(List.of(found)).getFirst();
    }

    private List<LibraryCollection> count(List<Row> rows) {
        Map<CollectionId, Long> present = rows.stream().collect(Collectors.toMap(Row::id, Row::generation));
        Map<CollectionId, Long> counts = searchable.read(present);
        Map<CollectionId, Integer> hidden = warnings.countHidden(present);
        return rows.stream()
                .map(row -> row.with(counts.getOrDefault(row.id(), 0L), hidden.getOrDefault(row.id(), 0)))
                .toList();
    }

    @Override
    public LibraryCollection create(Caller caller, String name) {
        access.requireCreation(caller);
        String valid = new CollectionName(name).value();
        CollectionId id = new CollectionId(ids.next());
        transactions.executeWithoutResult(status -> {
            if (jdbc.sql("SELECT COUNT(*) FROM collection").query(Long.class).single() >= MAX_COLLECTIONS) {
                throw new LecternException(
                        ErrorCode.CONFLICT,
                        "The maximum of " + MAX_COLLECTIONS + " collections is reached. Delete one first.");
            }
            jdbc.sql("INSERT INTO collection (id, name, generation, created_at) VALUES (?, ?, 0, ?)")
                    .params(id.value(), valid, clock.millis())
                    .update();
            grants.grantToCreator(caller, id);
            auditLog.record(AuditEntry.of(AuditAction.COLLECTION_CREATED, caller, COLLECTION, id.value())
                    .with("name", valid));
        });
        return get(caller, id);
    }

    @Override
    public LibraryCollection change(Caller caller, CollectionId collection, CollectionChange change) {
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
        transactions.executeWithoutResult(status -> {
            if (change.name() != null) {
                setName(caller, collection, change.name());
            }
            if (change.conversationsKeptDays() != null) {
                setConversationDays(
                        caller, collection, change.conversationsKeptDays().value());
            }
        });
        return get(caller, collection);
    }

    private void setName(Caller caller, CollectionId collection, String valid) {
        int renamed = jdbc.sql("UPDATE collection SET name = ? WHERE id = ?")
                .params(valid, collection.value())
                .update();
        if (renamed > 0) {
            auditLog.record(AuditEntry.of(AuditAction.COLLECTION_RENAMED, caller, COLLECTION, collection.value())
                    .with("name", valid));
        }
    }

    private void setConversationDays(Caller caller, CollectionId collection, @Nullable Integer days) {
        int changed = jdbc.sql("UPDATE collection SET conversations_kept_days = ? WHERE id = ?")
                .param(days)
                .param(collection.value())
                .update();
        if (changed > 0) {
            auditLog.record(AuditEntry.of(AuditAction.COLLECTION_CHANGED, caller, COLLECTION, collection.value())
                    .with("conversationsKeptDays", days == null ? "as the server" : days));
        }
    }

    @Override
    public Map<CollectionId, Integer> conversationDays(ReadableCollections collections) {
        Map<CollectionId, Integer> days = new HashMap<>();
        jdbc.sql("SELECT id, conversations_kept_days FROM collection WHERE conversations_kept_days IS NOT NULL")
                .query((ResultSet row) -> {
                    days.put(new CollectionId(row.getString(1)), row.getInt(2));
                });
        days.keySet().retainAll(collections.ids());
        return Map.copyOf(days);
    }

    @Override
    public void delete(Caller caller, CollectionId collection, Runnable condition) {
        if (collection.equals(CollectionId.DEFAULT)) {
            throw new LecternException(
                    ErrorCode.CONFLICT, "The default collection cannot be deleted. Delete its documents instead.");
        }
        if (!remover.deleteCollection(caller, collection, condition)) {
            throw LibraryCollections.notFound();
        }
    }
}
