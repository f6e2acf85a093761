/**
 * Idempotency keys: a repeated request with the same Idempotency-Key gets the stored response of the first one. Module internals; no other module uses
 * them.
 */
@NullMarked
package dev.lectern.http.idempotency;

import org.jspecify.annotations.NullMarked;
