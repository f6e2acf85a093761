package dev.lectern.audit;

import dev.lectern.audit.AuditRepository.Head;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the chain of the audit log from its begin to its end, in parts, while entries are added and removed. */
@Component
class AuditVerifier {
    /** In the details of {@link AuditAction#AUDIT_TRIMMED}: number and hash of the last entry that was removed. */
    static final String TRIMMED_UNTIL = "until";

    static final String TRIMMED_HASH = "hash";
    private static final int PART = 1_000;

    private final AuditRepository repository;

    AuditVerifier(AuditRepository repository) {
        this.repository = repository;
    }

    /** Checks all entries that there are at present. */
    AuditVerification verify() {
        while (true) {
            Head head = repository.findHead();
            AuditVerification result = verify(head);
            // What was removed after its retention meanwhile looks like a gap.
            if (result.isIntact() || repository.findHead().anchorSequence() == head.anchorSequence()) {
                return result;
            }
        }
    }

    /**
     * Compares an entry with what was noted of it, such as a line of the server's log.
     *
     * @return what is wrong, as a sentence; null when it is the same, or was removed after its retention
     */
    @Nullable
    String compare(long sequence, String hash) {
        Head head = repository.findHead();
        if (sequence < head.anchorSequence()) {
            return null;
        }
        if (sequence > head.sequence()) {
            return "Entry " + sequence + " is missing: the log ends with entry " + head.sequence()
                    + ", so its end was cut off.";
        }
        String stored = sequence == head.anchorSequence()
                ? head.anchorHash()
                : repository.findHash(sequence).orElse("");
        return stored.equalsIgnoreCase(hash)
                ? null
                : "Entry " + sequence + " has another hash than the given one, so it or an entry before was changed.";
    }

    private AuditVerification verify(Head head) {
        Chain chain = new Chain(head);
        List<AuditRecord> first = repository.findAfter(Long.MIN_VALUE, 1);
        if (!first.isEmpty() && first.getFirst().sequence() <= head.anchorSequence()) {
            return chain.damaged(
                    first.getFirst().sequence(), "It is before the begin of the log, and was added afterwards.");
        }
        long sequence = head.anchorSequence();
        while (sequence < head.sequence()) {
            List<AuditRecord> part = repository.findAfter(sequence, PART);
            if (part.isEmpty()) {
                return chain.damaged(sequence + 1, "It is missing, with all after it.");
            }
            for (AuditRecord entry : part) {
                if (entry.sequence() > head.sequence()) {
                    break;
                }
                String wrong = chain.add(entry);
                if (wrong != null) {
                    return chain.damaged(chain.next, wrong);
                }
            }
            sequence = chain.next - 1;
        }
        return chain.end(repository.findBehindHead().orElse(null));
    }

    /** What is wrong with an entry after another; null when nothing is. */
    static @Nullable String findDamage(AuditRecord entry, long expected, String previousHash) {
        if (entry.sequence() != expected) {
            return "It is missing.";
        }
        if (!entry.previousHash().equals(previousHash)) {
            return "It does not follow the entry before it.";
        }
        if (!entry.computeHash().equals(entry.hash())) {
            return "Its fields do not have the hash that is stored with it.";
        }
        return null;
    }

    /** The chain up to an entry. */
    private static final class Chain {
        private final Head head;
        private long next;
        private String hash;
        private long entries;
        private @Nullable AuditRecord trimmed;

        Chain(Head head) {
            this.head = head;
            next = head.anchorSequence() + 1;
            hash = head.anchorHash();
        }

        @Nullable
        String add(AuditRecord entry) {
            String wrong = findDamage(entry, next, hash);
            if (wrong != null) {
                return wrong;
            }
            hash = entry.hash();
            next++;
            entries++;
            if (entry.action().equals(AuditAction.AUDIT_TRIMMED.text())) {
                trimmed = entry;
            }
            return null;
        }

        AuditVerification end(@Nullable Long behind) {
            if (!hash.equals(head.hash())) {
                return damaged(next - 1, "The end of the log has another hash than its last entry.");
            }
            if (behind != null) {
                return damaged(behind, "It is behind the end of the log, and was added without the program.");
            }
            Map<String, String> noted = trimmed == null ? Map.of() : trimmed.details();
            boolean begins = head.anchorSequence() == 0
                    ? head.anchorHash().equals(AuditRecord.ORIGIN)
                    : Long.toString(head.anchorSequence()).equals(noted.get(TRIMMED_UNTIL))
                            && head.anchorHash().equals(noted.get(TRIMMED_HASH));
            return begins
                    ? result(null, null)
                    : damaged(
                            Math.max(1, head.anchorSequence()),
                            "It and all before it are missing, and no entry says that they were removed after their"
                                    + " retention.");
        }

        AuditVerification damaged(long sequence, String sentence) {
            return result(sequence, sentence);
        }

        private AuditVerification result(@Nullable Long damaged, @Nullable String damage) {
            return new AuditVerification(
                    entries,
                    head.anchorSequence() + 1,
                    head.anchorHash(),
                    head.sequence(),
                    head.hash(),
                    damaged,
                    damage);
        }
    }
}
