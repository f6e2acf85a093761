/**
 * The embedded index: one Apache Lucene index holding BM25 fields per language and quantised HNSW vectors. Lucene's types stop here.
 */
@NullMarked
package dev.lectern.index.lucene;

import org.jspecify.annotations.NullMarked;
