/**
 * The common behaviour of all caches: encoding, metrics and single flight. A lookup tries the local store first, then the store that the nodes share.
 */
@NullMarked
package dev.lectern.caching.tiers;

import org.jspecify.annotations.NullMarked;
