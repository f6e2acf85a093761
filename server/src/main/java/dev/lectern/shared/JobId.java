package dev.lectern.shared;

/**
 * The opaque id of a job.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}; the constructor rejects any other value with {@link ErrorCode#NOT_FOUND}
 */
public record JobId(String value) {
    public JobId {
        IdGenerator.requireWellFormed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
