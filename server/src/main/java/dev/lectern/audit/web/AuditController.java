package dev.lectern.audit.web;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditRecord;
import dev.lectern.audit.AuditTrail;
import dev.lectern.audit.AuditVerification;
import dev.lectern.http.Cursor;
import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.shared.LecternException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log; for administrators. */
@RestController
@RequiresScope(Scope.ADMIN)
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String NEWEST = "newest";
    private static final String OLDEST = "oldest";

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * An entry of the audit log.
     *
     * @param sequence its number, from 1 without gaps
     * @param at when it was recorded
     * @param caller kind and id of who did it, such as {@code operator:operator}; absent when nobody was known
     * @param callerName what people called the caller then, such as {@code operator}; absent without a caller
     * @param address IP address of the client, such as {@code 192.0.2.7}; absent without a request
     * @param requestId id of the request, as in the server's log; absent without a request
     * @param action what was done, such as {@code collection.deleted}
     * @param subjectKind what it was done to, such as {@code collection}; absent without a subject
     * @param subjectId id of what it was done to, such as {@code 01m8bzanag43kdz9zvmxr3bafz}; absent without a subject
     * @param outcome {@code done} or {@code refused}
     * @param details more about it, by name; texts of at most 250 bytes
     * @param previousHash SHA-256 of the entry before, 64 hexadecimal digits; zeros for the first one
     * @param hash SHA-256 of this entry, 64 hexadecimal digits
     */
    record AuditEntryView(
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
        static AuditEntryView of(AuditRecord entry) {
            return new AuditEntryView(
                    entry.sequence(),
                    entry.at(),
                    entry.caller(),
                    entry.callerName(),
                    entry.address(),
                    entry.requestId(),
                    entry.action(),
                    entry.subjectKind(),
                    entry.subjectId(),
                    entry.outcome(),
                    entry.details(),
                    entry.previousHash(),
                    entry.hash());
        }
    }

    /**
     * Whether the chain of the audit log is whole.
     *
     * @param intact whether no entry was changed, removed or added without the program
     * @param entries number of entries that were checked
     * @param first number with which the chain begins: 1, or the one after the entries that were removed after their retention
     * @param anchorHash SHA-256 of the entry before {@code first}, 64 hexadecimal digits
     * @param last number of the last entry; one less than {@code first} while there is none
     * @param headHash SHA-256 of the last entry, 64 hexadecimal digits
     * @param damaged number of the first entry that is damaged or missing; absent when none is
     * @param damage what is wrong with it, such as {@code It is missing.}; absent when nothing is
     */
    record AuditVerificationView(
            boolean intact,
            long entries,
            long first,
            String anchorHash,
            long last,
            String headHash,
            @Nullable Long damaged,
            @Nullable String damage) {
        static AuditVerificationView of(AuditVerification result) {
            return new AuditVerificationView(
                    result.isIntact(),
                    result.entries(),
                    result.first(),
                    result.anchorHash(),
                    result.last(),
                    result.headHash(),
                    result.damaged(),
                    result.damage());
        }
    }

    /**
     * Lists the entries of the audit log.
     *
     * @param action only entries of this action, such as {@code collection.deleted}; left out for all
     * @param caller only entries of this caller, such as {@code operator:operator}; left out for all
     * @param since only entries from this time on, such as {@code 2026-11-26T00:00:00Z}; left out for all
     * @param until only entries before this time, such as {@code 2026-11-27T00:00:00Z}; left out for all
     * @param order {@code newest} or {@code oldest} first
     * @param limit maximum number of items, 1 to 1,000
     */
    @GetMapping
    Page<AuditEntryView> listAuditEntries(
            Caller administrator,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String caller,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(defaultValue = NEWEST) String order,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (!order.equals(NEWEST) && !order.equals(OLDEST)) {
            throw LecternException.invalid("order", "The order is unknown. Use newest or oldest.");
        }
        String list = "audit-" + order;
        Page<AuditRecord> page = trail.page(
                administrator,
                new AuditTrail.Query(
                        action == null ? null : action(action),
                        caller == null ? null : requireCaller(caller),
                        since == null ? null : time("since", since),
                        until == null ? null : time("until", until),
                        order.equals(OLDEST)),
                Cursor.itemOf(list, cursor),
                limit);
        return new Page<>(page.items().stream().map(AuditEntryView::of).toList(), Cursor.after(list, page.next()));
    }

    /**
     * Checks the chain of the audit log. With a number and a hash that were noted earlier, such as those of the server's log, it also finds out whether the end of
     * the chain was cut off or computed anew since.
     *
     * @param sequence number of an entry that was noted earlier, 1 or more; left out without one
     * @param hash its SHA-256, 64 hexadecimal digits; left out without one
     */
    @GetMapping("/verification")
    AuditVerificationView verifyAuditLog(
            Caller administrator,
            @RequestParam(required = false) @Nullable Long sequence,
            @RequestParam(required = false) @Nullable String hash) {
        if (sequence == null && hash == null) {
            return AuditVerificationView.of(trail.verify(administrator));
        }
        if (sequence == null || sequence < 1) {
            throw LecternException.invalid(
                    "sequence", "Send the number of the entry with this hash in `sequence`, 1 or more.");
        }
        if (hash == null || !HASH.matcher(hash).matches()) {
            throw LecternException.invalid("hash", "Send the `hash` of this entry, 64 hexadecimal digits.");
        }
        return AuditVerificationView.of(trail.verify(administrator, sequence, hash.toLowerCase(Locale.ROOT)));
    }

    /** A caller of a kind that only a later version knows is one, too. */
    private static String requireCaller(String text) {
        int separator = text.indexOf(Caller.SEPARATOR);
        if (separator < 1 || separator == text.length() - 1) {
            throw LecternException.invalid(
                    "caller", "The caller is not valid. Write kind and id, such as operator:operator.");
        }
        return text;
    }

    private static AuditAction action(String text) {
        return AuditAction.find(text)
                .orElseThrow(() -> LecternException.invalid(
                        "action",
                        "The action is unknown. Use one of "
                                + Arrays.stream(AuditAction.values())
                                        .map(AuditAction::text)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static Instant time(String field, String text) {
        try {
            Instant time = Instant.parse(text);
            Long _ = time.toEpochMilli();
            return time;
        } catch (DateTimeParseException | ArithmeticException e) {
            throw LecternException.invalid(
                    field, "The time is not valid. Write it as RFC 3339 in UTC, such as 2026-11-26T13:00:00Z.");
        }
    }
}
