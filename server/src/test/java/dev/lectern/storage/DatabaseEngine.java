package dev.lectern.storage;

import java.nio.file.Path;

/** The databases that everything has to work on. */
public enum DatabaseEngine {
    SQLITE {
        @Override
        public TestDatabase open(Path folder) {
            return new TestDatabase(this, "", () -> SqlitePool.open(folder.resolve("lectern.db")));
        }
    },
    POSTGRESQL {
        @Override
        public TestDatabase open(Path folder) {
            String url = PostgresServer.createDatabase();
            return new TestDatabase(
                    this, url, () -> StatementRecorder.wrap(PostgresPool.open(PostgresServer.properties(url))));
        }
    };

    /**
     * A new database with today's tables.
     *
     * @param folder a data folder: what runs on it and has the database's settings uses the same database
     */
    public abstract TestDatabase open(Path folder);
}
