package dev.lectern.security.accounts;

import java.time.Instant;

/**
 * People who are granted collections together.
 *
 * @param name folded (see {@link AccountName}), unique
 * @param displayName what people see
 * @param members number of people
 * @param version rises with each change of the name
 */
public record Group(String id, String name, String displayName, Instant createdAt, long members, long version) {}
