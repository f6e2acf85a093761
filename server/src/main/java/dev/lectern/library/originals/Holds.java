package dev.lectern.library.originals;

/** Bytes that were stored and have no document yet: nobody deletes them meanwhile. Thread-safe. */
public interface Holds {

    /** Before it is looked whether the bytes are there already. Waits while somebody deletes the same bytes. */
    void take(String hash);

    /** As often as they were taken. */
    void release(String hash);

    boolean isHeld(String hash);

    /** Forgets those of processes that no longer live. */
    void forgetDead();
}
