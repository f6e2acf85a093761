package dev.lectern.audit;

import dev.lectern.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry of the audit log.
 *
 * @param sequence its number, from 1 without gaps
 * @param at when it was recorded, in milliseconds
 * @param caller as {@code Caller.text()}; null when nobody was known
 * @param callerName what people called the caller then
 * @param address of the client; null without a request
 * @param requestId null without a request
 * @param action {@link AuditAction#text()}, perhaps of a later version
 * @param subjectKind null without a subject
 * @param outcome {@code done} or {@code refused}
 * @param details sorted by name
 * @param previousHash the hash of the entry before, 64 hexadecimal digits; zeros for the first one
 * @param hash its own, as stored
 */
public record AuditRecord(
        long sequence,
        Instant at,
        @Nullable String caller,
        @Nullable String callerName,
        @Nullable String address,
        @Nullable String requestId,
        String action,
        @Nullable String subjectKind,
        @Nullable String subjectId,
        String outcome,
        Map<String, String> details,
        String previousHash,
        String hash) {
    /** The hash before the first entry. */
    static final String ORIGIN = "0".repeat(64);

    private static final String FORMAT = "lectern-audit-1\n";

    public AuditRecord {
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /** This entry with the hash that its other fields have. */
    AuditRecord hashed() {
        return new AuditRecord(
                sequence,
                at,
                caller,
                callerName,
                address,
                requestId,
                action,
                subjectKind,
                subjectId,
                outcome,
                details,
                previousHash,
                computeHash());
    }

    /**
     * The hash of all fields but {@link #hash()}: SHA-256 of the line {@code lectern-audit-1}, then of each value as {@code LENGTH:TEXT,} with the length in bytes
     * of UTF-8, or {@code -,} for null. Details come last, each with its name before it, sorted by name. The documentation of the audit log describes it.
     */
    String computeHash() {
        Sha256 hash = new Sha256().update(FORMAT);
        add(hash, previousHash);
        add(hash, Long.toString(sequence));
        add(hash, Long.toString(at.toEpochMilli()));
        add(hash, caller);
        add(hash, callerName);
        add(hash, address);
        add(hash, requestId);
        add(hash, action);
        add(hash, subjectKind);
        add(hash, subjectId);
        add(hash, outcome);
        details.forEach((name, value) -> {
            add(hash, name);
            add(hash, value);
        });
        return hash.hex();
    }

    private static void add(Sha256 hash, @Nullable String value) {
        if (value == null) {
            hash.update("-,");
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        hash.update(bytes.length + ":").update(bytes).update((byte) ',');
    }
}
