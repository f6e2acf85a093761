package dev.lectern.library.catalog;

import dev.lectern.security.CollectionLookup;
import dev.lectern.shared.CollectionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks for collections in the database. */
@Component
class StoredCollectionLookup implements CollectionLookup {
    private final JdbcClient jdbc;

    StoredCollectionLookup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean exists(CollectionId collection) {
        return jdbc.sql("SELECT COUNT(*) FROM collection WHERE id = ?")
                        .param(collection.value())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
