/**
 * Re-embedding: moves the library to another embedder. Its progress is stored in the database, so that any node can continue it. The passages stay as they
 * are; the index of the new embedder is filled from the library and becomes the active one in one transaction.
 */
@NullMarked
package dev.lectern.ingestion.reembedding;

import org.jspecify.annotations.NullMarked;
