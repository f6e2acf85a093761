package dev.lectern.index;

import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.storage.NodeLocalStorage;
import org.springframework.stereotype.Component;

@Component
class NodeLocalIndex implements NodeLocalStorage {
    private final QdrantProperties qdrant;

    NodeLocalIndex(QdrantProperties qdrant) {
        this.qdrant = qdrant;
    }

    @Override
    public String name() {
        return "the index (LECTERN_QDRANT_URL)";
    }

    @Override
    public boolean isNodeLocal() {
        return !qdrant.isConfigured();
    }
}
