/**
 * Moving the library to another embedder: what is to do and how far it is, kept in the database so that any node goes on with it. Documents are embedded
 * as they were cut; the index of the new embedder is filled from the library and put in force in one transaction.
 */
@NullMarked
package dev.lectern.ingestion.reembedding;

import org.jspecify.annotations.NullMarked;
