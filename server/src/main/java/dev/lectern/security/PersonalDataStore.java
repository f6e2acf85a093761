package dev.lectern.security;

import dev.lectern.shared.Caller;

/** What a module has stored for callers, such as their conversations. Each module that stores something under the id of a caller provides one. Thread-safe. */
public interface PersonalDataStore {

    /** What it is in the export and in reports, in the plural, such as {@code conversations}. */
    String name();

    /** The number of items of a caller. */
    long count(Caller owner);

    /** All items of a caller, in a form that JSON can be made of. */
    Object export(Caller owner);

    /**
     * Gives what a visitor has to the person who has signed in with that browser, who agrees.
     *
     * @return the number of items
     */
    long move(Caller.Visitor from, Caller.User to);

    /**
     * Deletes all items of a caller.
     *
     * @return their number
     */
    long delete(Caller owner);
}
