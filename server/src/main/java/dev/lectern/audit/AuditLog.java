package dev.lectern.audit;

/**
 * Records who changed what. An entry gets the time, and from the request that the thread works for the address of the client and the request's id; work without a
 * request has neither. Thread-safe.
 */
public interface AuditLog {
    /**
     * Records an entry. Within a transaction it is written when that commits: without the entry the change is not made, and without the change there is no entry.
     * Otherwise it is written at once, in a transaction of its own.
     */
    void record(AuditEntry entry);

    /**
     * Records something that strangers can cause as often as they like, such as a wrong key: at most one entry of an action, subject and address in a minute,
     * with the detail {@value RepeatedEntries#COUNT}. It is written in the background, by itself. A killed process loses what it counted in the last minute.
     */
    void recordRepeated(AuditEntry entry);
}
