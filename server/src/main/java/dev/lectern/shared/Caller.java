package dev.lectern.shared;

/** The author of a request. Access depends on it, and data that belongs to a caller is stored under its {@link #id()}. */
public sealed interface Caller {
    /** Stable and unique among callers of every kind. */
    String id();

    /**
     * Checks that the caller is the operator.
     *
     * @param otherwise the message of the error: who has the permission, and how to use it
     * @throws LecternException {@code FORBIDDEN} for every other caller
     */
    default void requireOperator(String otherwise) {
        if (!(this instanceof Operator)) {
            throw new LecternException(ErrorCode.FORBIDDEN, otherwise);
        }
    }

    /** A reader without an account, identified by a signed cookie. */
    record Visitor(String id) implements Caller {}

    /** A caller who sent the key of the data folder's key file; may register folders of the machine as sources. */
    record Operator(String id) implements Caller {}
}
