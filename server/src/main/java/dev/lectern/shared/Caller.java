package dev.lectern.shared;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who asks for something: the author of a request, or a task of the server itself. Access depends on it, data that belongs to a caller is stored under its
 * {@link #id()}, and work that a caller started is stored with its {@link #text()}.
 */
public sealed interface Caller {
    /** Between the kind and the id in {@link #text()}. */
    char SEPARATOR = ':';

    /** Stable and unique among callers of every kind. Conversations are stored under it, so it never changes. */
    String id();

    /** The kind of caller, a lower-case word without a colon, unique among the kinds. */
    String kind();

    /** The kind and the id, such as {@code visitor:01J…}, {@code operator:operator} or {@code system:source_scan}. {@link #parse} reads it again. */
    default String text() {
        return kind() + SEPARATOR + id();
    }

    /**
     * Reads the {@link #text()} of a caller. Empty when it is not one, or is of a kind that only a later version knows: during an upgrade, nodes of both
     * versions share the database.
     */
    static Optional<Caller> parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        String id = text.substring(separator + 1);
        if (separator < 1 || id.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.substring(0, separator)) {
            case Visitor.KIND -> Optional.of(new Visitor(id));
            case Operator.KIND -> Optional.of(new Operator(id));
            case SystemTask.KIND -> SystemTask.of(id);
            default -> Optional.empty();
        };
    }

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
    record Visitor(String id) implements Caller {
        private static final String KIND = "visitor";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A caller who sent the key of the data folder's key file; may register folders of the machine as sources. */
    record Operator(String id) implements Caller {
        private static final String KIND = "operator";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Work that the server does without a request. A task has the permissions on every collection that its work needs and no more, whatever the access policy
     * grants to people. No request has such a caller.
     */
    enum SystemTask implements Caller {
        /** Follows sources: registers new and changed items and removes those that are gone. */
        SOURCE_SCAN(Permission.WRITE),
        /** Reads documents again that an earlier release has read. */
        REREADING(Permission.WRITE),
        /** Moves the library to another embedder. */
        REEMBEDDING(Permission.READ),
        /** Compares database, index and originals, and reports the state of the server. */
        MAINTENANCE(Permission.READ),
        /** Measures retrieval and answers with datasets in a collection of their own. */
        EVALUATION(Permission.WRITE);

        private static final String KIND = "system";

        private final Permission most;

        SystemTask(Permission most) {
            this.most = most;
        }

        /** Whether the task has the permission on every collection. */
        public boolean isGranted(Permission permission) {
            return most.includes(permission);
        }

        @Override
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String kind() {
            return KIND;
        }

        private static Optional<Caller> of(String id) {
            return Arrays.stream(values())
                    .filter(task -> task.id().equals(id))
                    .<Caller>map(Function.identity())
                    .findFirst();
        }
    }
}
