package dev.lectern.audit;

import dev.lectern.shared.Caller;

/** What people call a caller. Whoever knows accounts provides it; without it, callers have the names of their kinds. */
public interface CallerNames {
    /** A name for people, such as that of a user or a key; stored with the entry, so that it stays when the account goes. */
    String nameOf(Caller caller);
}
