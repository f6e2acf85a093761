/**
 * The same change only once: a request that comes again with its Idempotency-Key gets the first one's answer. Module internals; nobody calls them.
 */
@NullMarked
package dev.lectern.http.idempotency;

import org.jspecify.annotations.NullMarked;
