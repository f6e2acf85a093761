/**
 * The index for production: one Qdrant collection for each fingerprint, holding a quantised embedding and weighted words of every passage. Qdrant's
 * and gRPC's types stop here.
 */
@NullMarked
package dev.lectern.index.qdrant;

import org.jspecify.annotations.NullMarked;
