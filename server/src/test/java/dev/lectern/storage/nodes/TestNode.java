package dev.lectern.storage.nodes;

import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.TestDatabase;
import dev.lectern.storage.nodes.NodeAdmission.JoiningNode;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** A test that is registered as a node of its database until it is closed. */
public final class TestNode implements AutoCloseable {
    private final LeasedNodeRegistry registry;

    private TestNode(LeasedNodeRegistry registry) {
        this.registry = registry;
    }

    public static TestNode start(TestDatabase database, ExecutorService executor) {
        LeasedNodeRegistry registry = new LeasedNodeRegistry(
                database.jdbc(),
                database.transactions(),
                database.dialect(),
                executor,
                Duration.ofSeconds(30),
                new JoiningNode(UUID.randomUUID().toString(), "test", ""));
        registry.afterPropertiesSet();
        return new TestNode(registry);
    }

    public NodeRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        registry.destroy();
    }
}
