package dev.lectern.usage;

/**
 * Records every call of a model: one entry for each request that a model service received, and for each question that this process embedded itself. Calls of
 * this process for a job are summed up, since there are thousands of them.
 */
public interface UsageLedger {
    /**
     * Records a call. Usually returns immediately: a background thread writes entries in batches, and a shutdown writes all that are queued. When 10,000
     * entries are queued, the caller writes them instead of dropping one.
     */
    void record(UsageEntry entry);

    /**
     * Adds a call to the row of its job, model, purpose, caller and outcome. Returns immediately; the row is written within seconds and at a shutdown. A killed
     * process loses what it added in these seconds.
     */
    void addToJob(UsageEntry entry);
}
