package dev.lectern.security;

import java.util.Optional;

/** The names of people and groups to whom something is granted. Thread-safe. */
public interface GranteeNames {

    /**
     * The name that people see.
     *
     * @param kind of those with an id
     * @return the id itself when there is nobody of it any more
     */
    String nameOf(GranteeKind kind, String id);

    /**
     * Who has a name.
     *
     * @param kind of those with an id
     * @param name what a person signs in with, or the name of a group, in any letter case
     * @return the id; empty when nobody has the name
     */
    Optional<String> findId(GranteeKind kind, String name);
}
