package dev.lectern.shared;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
     * Reads the {@link #text()} of a caller, which tells who it was and not what it may do: it is no administrator and has no groups and scopes. Empty when it is not one, or is of a kind that only a later version knows: during an upgrade, nodes of both
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
            case User.KIND -> Optional.of(new User(id, id, false, Set.of()));
            case ApiKey.KIND -> Optional.of(ApiKey.withoutScopes(id));
            case SystemTask.KIND -> SystemTask.of(id);
            default -> Optional.empty();
        };
    }

    /** Whether the caller may do what concerns the whole server: folders of the machine, embedders, people, keys and settings. */
    default boolean isAdministrator() {
        return false;
    }

    /**
     * Checks that the caller is an administrator.
     *
     * @param otherwise the message of the error: who has the permission, and how to use it
     * @throws LecternException {@code FORBIDDEN} for every other caller
     */
    default void requireAdministrator(String otherwise) {
        if (!isAdministrator()) {
            throw new LecternException(ErrorCode.FORBIDDEN, otherwise);
        }
    }

    /**
     * A reader without an account, identified by a signed cookie.
     *
     * @param isAdministrator whether the request came from this machine to a server in the mode {@code open}
     */
    record Visitor(String id, boolean isAdministrator) implements Caller {
        private static final String KIND = "visitor";

        public Visitor(String id) {
            this(id, false);
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A caller who sent the key of the data folder's key file; an administrator. */
    record Operator(String id) implements Caller {
        /** The id of the operator of a server, whose key file there is one of. */
        public static final String ID = "operator";

        private static final String KIND = "operator";

        @Override
        public boolean isAdministrator() {
            return true;
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A person who has signed in. What they may do is as it was when the request began.
     *
     * @param name the name that others see
     * @param groups ids of the groups that the person belongs to
     */
    record User(String id, String name, boolean isAdministrator, Set<String> groups) implements Caller {
        private static final String KIND = "user";

        public User {
            groups = Set.copyOf(groups);
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A program that sent an API key.
     *
     * @param key the id of the key, the same after an exchange of its secret
     * @param endUser whom the program asks for: its own name for a person, of 1 to 128 visible characters; null when it asks for itself. Each has conversations and limits of its own
     * @param collections those that the key is for; empty for all that its owner may use
     * @param owner the person whose permissions bound those of the key; null for a key of the server
     */
    record ApiKey(
            String key,
            @Nullable String endUser,
            Set<Scope> scopes,
            Set<CollectionId> collections,
            @Nullable User owner)
            implements Caller {
        private static final String KIND = "api_key";

        public ApiKey {
            scopes = Set.copyOf(scopes);
            collections = Set.copyOf(collections);
        }

        @Override
        public String id() {
            return endUser == null ? key : key + "/" + endUser;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public boolean isAdministrator() {
            return scopes.contains(Scope.ADMIN) && (owner == null || owner.isAdministrator());
        }

        private static ApiKey withoutScopes(String id) {
            int separator = id.indexOf('/');
            return separator < 0
                    ? new ApiKey(id, null, Set.of(), Set.of(), null)
                    : new ApiKey(id.substring(0, separator), id.substring(separator + 1), Set.of(), Set.of(), null);
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
