package dev.lectern.shared;

import java.util.Locale;

/** What a caller may do with a collection. Each permission includes those before it. */
public enum Permission {
    /** See the collection, its documents, jobs and texts, search it and ask questions about it. */
    READ,
    /** Add, replace, read again and delete its documents, and retry and cancel its jobs. */
    WRITE,
    /** Rename and delete the collection, and connect it with sources. */
    MANAGE;

    /** Whether this permission is {@code other} or more. */
    public boolean includes(Permission other) {
        return compareTo(other) >= 0;
    }

    /** The name in lower case, as errors show it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
