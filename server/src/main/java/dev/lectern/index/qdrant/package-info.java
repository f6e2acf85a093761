/**
 * The index for production: one Qdrant collection for each fingerprint with a dense vector (embedding) and a sparse vector (BM25 terms) for every
 * passage. Types of Qdrant and gRPC are not used outside of this package.
 */
@NullMarked
package dev.lectern.index.qdrant;

import org.jspecify.annotations.NullMarked;
