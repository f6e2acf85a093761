package dev.lectern.library.jdbc;

import dev.lectern.library.CollectionDeleted;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Every caller may read every collection until there are accounts. */
@Repository
class JdbcCollections implements LibraryCollections {
    private static final int LONGEST_NAME = 80;
    private static final int MOST = 1_000;
    private static final String SELECT = "SELECT c.id, c.name, c.generation, c.created_at,"
            + " (SELECT COUNT(*) FROM document d WHERE d.collection = c.id) AS documents FROM collection c ";

    private final JdbcClient jdbc;
    private final Generations generations;
    private final TransactionTemplate transactions;
    private final CollectionLock lock;
    private final Removal removal;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    JdbcCollections(
            JdbcClient jdbc,
            Generations generations,
            TransactionTemplate transactions,
            CollectionLock lock,
            Removal removal,
            IdGenerator ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.generations = generations;
        this.transactions = transactions;
        this.lock = lock;
        this.removal = removal;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public ReadableCollections readableBy(Caller caller) {
        return new ReadableCollections(generations.now().generations().keySet());
    }

    @Override
    public ReadableCollections readableBy(Caller caller, List<CollectionId> wanted) {
        return new ReadableCollections(generationsReadableBy(caller, wanted).keySet());
    }

    @Override
    public Map<CollectionId, Long> generationsReadableBy(Caller caller, List<CollectionId> wanted) {
        Map<CollectionId, Long> all = generations.now().generations();
        if (wanted.isEmpty()) {
            return all;
        }
        if (!all.keySet().containsAll(wanted)) {
            throw notFound();
        }
        Map<CollectionId, Long> some = new HashMap<>(all);
        some.keySet().retainAll(new HashSet<>(wanted));
        return some;
    }

    @Override
    public long generation(CollectionId collection) {
        return jdbc.sql("SELECT generation FROM collection WHERE id = ?")
                .param(collection.value())
                .query(Long.class)
                .optional()
                .orElseThrow(JdbcCollections::notFound);
    }

    @Override
    public Map<CollectionId, Long> generations(ReadableCollections collections) {
        Map<CollectionId, Long> wanted = new HashMap<>(generations.now().generations());
        wanted.keySet().retainAll(collections.ids());
        return wanted;
    }

    @Override
    public List<LibraryCollection> list(Caller caller) {
        return jdbc.sql(SELECT + "ORDER BY c.created_at IS NOT NULL, c.id")
                .query(JdbcCollections::collection)
                .list();
    }

    @Override
    public LibraryCollection get(CollectionId collection) {
        return jdbc.sql(SELECT + "WHERE c.id = ?")
                .param(collection.value())
                .query(JdbcCollections::collection)
                .optional()
                .orElseThrow(JdbcCollections::notFound);
    }

    @Override
    public LibraryCollection create(String name) {
        String valid = valid(name);
        CollectionId id = new CollectionId(ids.next());
        transactions.executeWithoutResult(status -> {
            if (jdbc.sql("SELECT COUNT(*) FROM collection").query(Long.class).single() >= MOST) {
                throw new LecternException(
                        ErrorCode.CONFLICT, "There are " + MOST + " collections already. Delete one first.");
            }
            jdbc.sql("INSERT INTO collection (id, name, generation, created_at) VALUES (?, ?, 0, ?)")
                    .params(id.value(), valid, clock.millis())
                    .update();
        });
        return get(id);
    }

    @Override
    public LibraryCollection rename(CollectionId collection, String name) {
        jdbc.sql("UPDATE collection SET name = ? WHERE id = ?")
                .params(valid(name), collection.value())
                .update();
        return get(collection);
    }

    @Override
    public void delete(CollectionId collection) {
        if (collection.equals(CollectionId.DEFAULT)) {
            throw new LecternException(
                    ErrorCode.CONFLICT, "The first collection always exists. Delete its documents instead.");
        }
        Outbox.Entries entries = transactions.execute(status -> {
            if (!lock.take(collection)) {
                throw notFound();
            }
            lock.takeDocuments(documents(collection));
            events.publishEvent(new CollectionDeleted(collection));
            return removal.collection(collection);
        });
        removal.finish(entries);
    }

    private List<DocumentId> documents(CollectionId collection) {
        return jdbc.sql("SELECT id FROM document WHERE collection = ?")
                .param(collection.value())
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
    }

    private static String valid(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
            throw LecternException.invalid("name", "A collection's name has 1 to " + LONGEST_NAME + " characters.");
        }
        return stripped;
    }

    static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "There is no such collection. GET /api/v1/collections lists those there are.");
    }

    private static LibraryCollection collection(ResultSet row, int number) throws SQLException {
        long created = row.getLong("created_at");
        Instant createdAt = row.wasNull() ? null : Instant.ofEpochMilli(created);
        return new LibraryCollection(
                new CollectionId(row.getString("id")),
                row.getString("name"),
                row.getLong("documents"),
                row.getLong("generation"),
                createdAt);
    }
}
