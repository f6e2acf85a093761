package dev.lectern.shared;

/**
 * The opaque id of a collection.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}; the constructor rejects any other value with {@link ErrorCode#NOT_FOUND}
 */
public record CollectionId(String value) {
    /** The collection that every new library contains. */
    public static final CollectionId DEFAULT = new CollectionId("default");

    public CollectionId {
        IdGenerator.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
