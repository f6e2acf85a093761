package dev.lectern.usage;

/** Where every call of a model is written down. */
public interface UsageLedger {
    /**
     * Notes a call. Returns at once as a rule: entries are written in batches behind the caller's back, and all of them before the program ends. When 10,000
     * entries wait, it waits for room instead of losing one.
     */
    void record(UsageEntry entry);
}
