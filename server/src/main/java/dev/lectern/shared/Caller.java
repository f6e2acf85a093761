package dev.lectern.shared;

/** Who asks. Access is decided from it, and what is kept for someone is kept under its {@link #id()}. */
public sealed interface Caller {
    /** Stable and unique among callers of every kind. */
    String id();

    /**
     * For what only who runs the server may do.
     *
     * @param otherwise a sentence that says who may, and how
     * @throws LecternException FORBIDDEN
     */
    default void requireOperator(String otherwise) {
        if (!(this instanceof Operator)) {
            throw new LecternException(ErrorCode.FORBIDDEN, otherwise);
        }
    }

    /** A reader without an account, known by a signed cookie. */
    record Visitor(String id) implements Caller {}

    /** Someone who proved to have the key file of the data folder; may name folders of the machine. */
    record Operator(String id) implements Caller {}
}
