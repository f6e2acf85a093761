package dev.lectern.audit;

import dev.lectern.audit.AuditRepository.Filter;
import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows and checks the audit log, for administrators; every other caller gets FORBIDDEN. Thread-safe. */
@Service
public class AuditTrail {
    private static final String FOR_ADMINISTRATORS =
            "The audit log is for administrators. Use lectern audit on the server's machine.";

    private static final int MAX_LIMIT = 1_000;

    private final AuditRepository repository;
    private final AuditVerifier verifier;

    AuditTrail(AuditRepository repository, AuditVerifier verifier) {
        this.repository = repository;
        this.verifier = verifier;
    }

    /**
     * Which entries are listed, and how.
     *
     * @param action {@link AuditAction#text()}; null for all
     * @param caller {@code Caller.text()}; null for all
     * @param since null without a bound
     * @param until exclusive; null without a bound
     * @param oldestFirst otherwise the newest first
     */
    public record Query(
            @Nullable AuditAction action,
            @Nullable String caller,
            @Nullable Instant since,
            @Nullable Instant until,
            boolean oldestFirst) {}

    /**
     * A page of entries.
     *
     * @param after {@link Page#next} of the page before; null for the first page
     * @param limit 1 to 1,000
     * @throws LecternException FORBIDDEN; INVALID_REQUEST when {@code after} or {@code limit} is invalid
     */
    public Page<AuditRecord> page(Caller caller, Query query, @Nullable String after, int limit) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw LecternException.invalid(
                    "limit", "The limit is " + limit + ". Use a whole number from 1 to " + MAX_LIMIT + ".");
        }
        AuditAction action = query.action();
        List<AuditRecord> found = repository.find(
                new Filter(action == null ? null : action.text(), query.caller(), query.since(), query.until()),
                after == null ? null : parse(after),
                !query.oldestFirst(),
                limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<AuditRecord> items = found.subList(0, limit);
        return new Page<>(items, Long.toString(items.getLast().sequence()));
    }

    private static Long parse(String after) {
        try {
            return Long.valueOf(after);
        } catch (NumberFormatException e) {
            throw LecternException.invalid(
                    "cursor", "The cursor is invalid. Use `next` of the previous page, or omit the cursor.");
        }
    }

    /**
     * Checks the chain of all entries.
     *
     * @throws LecternException FORBIDDEN
     */
    public AuditVerification verify(Caller caller) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        return verifier.verify();
    }

    /**
     * Checks the chain of all entries, and that one of them is the one that was noted elsewhere, as in a line of the server's log. An entry that was removed after
     * its retention is not compared.
     *
     * @param sequence number of the noted entry
     * @param hash of the noted entry
     * @throws LecternException FORBIDDEN
     */
    public AuditVerification verify(Caller caller, long sequence, String hash) {
        AuditVerification result = verify(caller);
        String wrong = result.isIntact() ? verifier.compare(sequence, hash) : null;
        return wrong == null
                ? result
                : new AuditVerification(
                        result.entries(),
                        result.first(),
                        result.anchorHash(),
                        result.last(),
                        result.headHash(),
                        sequence,
                        wrong);
    }
}
