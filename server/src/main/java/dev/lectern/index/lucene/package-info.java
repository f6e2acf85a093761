/**
 * The embedded index: one Apache Lucene index for each fingerprint with BM25 fields per language and quantised HNSW vectors. Lucene types are not used
 * outside of this package.
 */
@NullMarked
package dev.lectern.index.lucene;

import org.jspecify.annotations.NullMarked;
