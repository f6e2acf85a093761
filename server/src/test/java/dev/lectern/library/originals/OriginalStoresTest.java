package dev.lectern.library.originals;

import dev.lectern.NeedsServer;
import dev.lectern.library.OriginalStore;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every place where originals can be keeps the same contract. */
@NeedsServer
class OriginalStoresTest {

    @Nested
    class InTheDataFolder implements OriginalStoreContract {
        @TempDir
        Path folder;

        private OriginalStore store;

        @BeforeEach
        void open() {
            store = new DirectoryOriginalStore(
                    folder, new InMemoryOriginalReservations(), false, InstantSource.system());
        }

        @Override
        public OriginalStore store() {
            return store;
        }
    }

    @Nested
    class InASharedFolder extends OfTwoNodes {
        @Override
        OriginalStore open(String node, OriginalReservations originalReservations) {
            return new DirectoryOriginalStore(
                    folder.resolve("shared"), originalReservations, true, InstantSource.system());
        }
    }

    @Nested
    class InABucket extends OfTwoNodes {
        private final String prefix = S3TestServer.newPrefix();

        @Override
        OriginalStore open(String node, OriginalReservations originalReservations) {
            return new S3OriginalStore(
                    new S3Bucket(S3TestServer.properties(prefix)),
                    folder.resolve(node),
                    originalReservations,
                    1_000_000,
                    InstantSource.system());
        }
    }

    abstract static class OfTwoNodes implements OriginalStoreContract.Shared {
        @TempDir
        Path folder;

        private TestDatabase database;
        private OriginalStore store;
        private OriginalStore other;

        abstract OriginalStore open(String node, OriginalReservations originalReservations);

        @BeforeEach
        void open() {
            database = DatabaseEngine.POSTGRESQL.open(folder);
            database.jdbc()
                    .sql("INSERT INTO node (id, started_at, alive_until) VALUES ('other', 0, 9000000000000000)")
                    .update();
            store = open("one", holds(database.nodes()));
            other = open("two", holds(new Other()));
        }

        private OriginalReservationRepository holds(NodeRegistry node) {
            return new OriginalReservationRepository(database.jdbc(), database.transactions(), node);
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        public OriginalStore store() {
            return store;
        }

        @Override
        public OriginalStore other() {
            return other;
        }

        @Override
        public void kill() {
            database.jdbc().sql("DELETE FROM node WHERE id = 'other'").update();
        }

        private static final class Other implements NodeRegistry {
            @Override
            public String self() {
                return "other";
            }

            @Override
            public int countOthers() {
                return 1;
            }
        }
    }
}
