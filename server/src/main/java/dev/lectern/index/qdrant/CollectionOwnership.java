package dev.lectern.index.qdrant;

import dev.lectern.index.IndexOwner;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.JsonWithInt.Value;
import org.jspecify.annotations.Nullable;

/** Records in a collection's metadata which library owns it. Collections of other libraries are never used or modified. Thread-safe. */
final class CollectionOwnership {
    private static final String LIBRARY = "lectern_library";
    private static final String CLAIM = "lectern_claim_";

    private final IndexOwner owner;
    private volatile @Nullable String library;

    CollectionOwnership(IndexOwner owner) {
        this.owner = owner;
    }

    /** The library id never changes, so it is read once. */
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
     * Claims a collection without an owner for this library. The server merges metadata, so the second of two claimants sees both claims. A library that
     * sees only its own claim after writing it may adopt the collection.
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

    /** Records this library as the owner and removes its claim. */
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

    /** Whether no owner is recorded: earlier versions of Lectern did not record one. */
    boolean isUnowned(CollectionConfig found) {
        return !found.containsMetadata(LIBRARY);
    }

    boolean isOwnedByOther(CollectionConfig found) {
        return !isUnowned(found)
                && !found.getMetadataOrThrow(LIBRARY).getStringValue().equals(library());
    }
}
