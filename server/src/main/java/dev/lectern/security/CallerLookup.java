package dev.lectern.security;

import dev.lectern.shared.Caller;

/** Finds who a stored {@link Caller#id()} belongs to, for work that the server does without a request of theirs. Thread-safe. */
public interface CallerLookup {
    /**
     * The caller of an id with the permissions of the present. An id that no account and no key has belongs to a visitor; people who are disabled and keys that
     * are no longer valid have the permissions of one.
     */
    Caller find(String id);
}
