package dev.lectern.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation of the API that will be removed. Its responses have the headers {@code Deprecation} (RFC 9745), {@code Sunset} (RFC 8594) and a
 * {@code Link} to the API guide, and the description of the API says {@code deprecated}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DeprecatedOperation {
    /** The day from which it is deprecated, as 2026-11-26. */
    String since();

    /** The day from which it may be removed, as 2027-11-26; at least six months later. */
    String sunset();
}
