package dev.lectern.security.accounts;

import dev.lectern.shared.Caller;

/**
 * A group or its members were changed; published in the transaction that does it.
 *
 * @param caller who changed it
 * @param details what was changed, for the audit log
 */
public record GroupChanged(Caller caller, Group group, String details) {}
