package dev.lectern.usage;

/** Records every call of a model. */
public interface UsageLedger {
    /**
     * Records a call. Usually returns immediately: a background thread writes entries in batches, and a shutdown writes all that are queued. When 10,000
     * entries are queued, the caller writes them instead of dropping one.
     */
    void record(UsageEntry entry);
}
