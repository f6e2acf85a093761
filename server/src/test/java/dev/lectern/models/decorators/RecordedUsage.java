package dev.lectern.models.decorators;

import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageLedger;
import java.util.ArrayList;
import java.util.List;

/** A ledger in memory. */
final class RecordedUsage implements UsageLedger {
    final List<UsageEntry> entries = new ArrayList<>();
    final List<UsageEntry> ofJobs = new ArrayList<>();

    @Override
    public void record(UsageEntry entry) {
        entries.add(entry);
    }

    @Override
    public void addToJob(UsageEntry entry) {
        ofJobs.add(entry);
    }
}
