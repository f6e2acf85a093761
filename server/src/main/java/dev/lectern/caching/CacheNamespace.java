package dev.lectern.caching;

import dev.lectern.shared.IdGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the keys of this installation begin with: the same for all nodes of one database, and another for every other database. */
@Component
class CacheNamespace {
    private final JdbcClient jdbc;
    private final IdGenerator ids;
    private final Remembered<String> name = new Remembered<>(this::read);

    CacheNamespace(JdbcClient jdbc, IdGenerator ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    String name() {
        return name.get();
    }

    private String read() {
        jdbc.sql("INSERT INTO cache_namespace (one, name) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .param(ids.next())
                .update();
        return jdbc.sql("SELECT name FROM cache_namespace").query(String.class).single();
    }
}
