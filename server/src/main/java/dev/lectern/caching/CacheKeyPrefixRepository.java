package dev.lectern.caching;

import dev.lectern.shared.IdGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the prefix of all shared cache keys: the same for all nodes of one database, different for every other database. */
@Component
class CacheKeyPrefixRepository {
    private final JdbcClient jdbc;
    private final IdGenerator ids;
    private final MemoizedSupplier<String> name = new MemoizedSupplier<>(this::getOrCreate);

    CacheKeyPrefixRepository(JdbcClient jdbc, IdGenerator ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    String name() {
        return name.get();
    }

    private String getOrCreate() {
        jdbc.sql("INSERT INTO cache_namespace (one, name) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .param(ids.next())
                .update();
        return jdbc.sql("SELECT name FROM cache_namespace").query(String.class).single();
    }
}
