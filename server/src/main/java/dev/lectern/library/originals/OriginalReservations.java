package dev.lectern.library.originals;

/** Protects stored bytes from deletion until they have a document. Thread-safe. */
interface OriginalReservations {

    /** Reserves bytes, before their existence is checked. Blocks while the same bytes are being deleted. */
    void reserve(String hash);

    /** Ends one reservation. */
    void release(String hash);

    boolean isReserved(String hash);

    /** Deletes the reservations of dead nodes. */
    void deleteOfDeadNodes();
}
