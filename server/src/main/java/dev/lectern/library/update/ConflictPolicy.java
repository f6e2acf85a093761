package dev.lectern.library.update;

/** What happens to incoming bytes whose location has a document with other bytes. */
public enum ConflictPolicy {
    /** The document that is there stays as it is, and the incoming bytes are dropped. */
    REFUSE,
    /** The incoming bytes become the next version of the document that is there. */
    REPLACE,
    /** The incoming bytes become a document of their own under a free name, such as {@code Report (2).txt}; none if the collection has these bytes already. */
    KEEP_BOTH
}
