package dev.lectern.audit;

import org.jspecify.annotations.Nullable;

/**
 * Whether the chain of the audit log is whole.
 *
 * @param entries number of entries that were checked
 * @param first number with which the chain begins: 1, or the one after the entries that were removed after their retention
 * @param anchorHash the hash before {@code first}
 * @param last number of the last entry; one less than {@code first} while there is none
 * @param headHash hash of the last entry, to be compared with what was noted elsewhere
 * @param damaged number of the first entry that is damaged or missing; null when none is
 * @param damage what is wrong with it, as a sentence; null when nothing is
 */
public record AuditVerification(
        long entries,
        long first,
        String anchorHash,
        long last,
        String headHash,
        @Nullable Long damaged,
        @Nullable String damage) {
    public boolean isIntact() {
        return damaged == null;
    }
}
