package dev.lectern.index.qdrant;

import dev.lectern.index.IndexOwner;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.JsonWithInt.Value;
import org.jspecify.annotations.Nullable;

/** Whose a collection is, by its metadata: what this library makes is marked as its own, and what another one made is not touched. Thread-safe. */
final class Ownership {
    private static final String LIBRARY = "lectern_library";
    private static final String CLAIM = "lectern_claim_";

    private final IndexOwner owner;
    private volatile @Nullable String library;

    Ownership(IndexOwner owner) {
        this.owner = owner;
    }

    /** It never changes, so it is read once. */
    private String library() {
        String known = library;
        if (known == null) {
            known = owner.id();
            library = known;
        }
        return known;
    }

    CreateCollection mark(CreateCollection collection) {
        return collection.toBuilder().putMetadata(LIBRARY, value()).build();
    }

    /**
     * Says that this library will adopt what is nobody's. Who has written this and then finds no other's claim is the only one who may: the server adds
     * to the metadata that there is, so whoever comes second sees both.
     */
    UpdateCollection claim(String collection) {
        return UpdateCollection.newBuilder()
                .setCollectionName(collection)
                .putMetadata(CLAIM + library(), value())
                .build();
    }

    boolean isClaimedByOthers(CollectionConfig found) {
        return found.getMetadataMap().keySet().stream()
                .anyMatch(key -> key.startsWith(CLAIM) && !key.equals(CLAIM + library()));
    }

    /** Marks what was claimed; null takes the claim away. */
    UpdateCollection adoption(String collection) {
        return UpdateCollection.newBuilder()
                .setCollectionName(collection)
                .putMetadata(LIBRARY, value())
                .putMetadata(CLAIM + library(), ValueFactory.nullValue())
                .build();
    }

    private Value value() {
        return ValueFactory.value(library());
    }

    /** As versions of Lectern that marked nothing have left it. */
    boolean isNobodys(CollectionConfig found) {
        return !found.containsMetadata(LIBRARY);
    }

    boolean isAnothers(CollectionConfig found) {
        return !isNobodys(found)
                && !found.getMetadataOrThrow(LIBRARY).getStringValue().equals(library());
    }
}
