/**
 * Rate limits: how many requests one client address may send in a minute. Their counts are in the token buckets of the module caching.
 */
@NullMarked
package dev.lectern.security.limits;

import org.jspecify.annotations.NullMarked;
