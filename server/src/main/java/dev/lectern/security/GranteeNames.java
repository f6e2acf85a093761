package dev.lectern.security;

/** The names of people and groups to whom something is granted. Thread-safe. */
public interface GranteeNames {

    /**
     * The name that people see.
     *
     * @param kind of those with an id
     * @return the id itself when there is nobody of it any more
     */
    String nameOf(GranteeKind kind, String id);
}
