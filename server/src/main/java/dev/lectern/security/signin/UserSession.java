package dev.lectern.security.signin;

import java.time.Instant;

/**
 * A session of a person, as its owner sees it.
 *
 * @param id no secret: the browser has a token instead
 * @param lastUsedAt as of a minute ago at most
 * @param address of the client that signed in
 * @param userAgent what its browser calls itself, at most 200 characters; may be empty
 */
public record UserSession(String id, Instant createdAt, Instant lastUsedAt, String address, String userAgent) {}
