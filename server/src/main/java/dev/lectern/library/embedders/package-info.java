/**
 * The embedders of the library and the stored embeddings of its passages. Ingestion fills them and moves the library to another embedder.
 */
@NullMarked
@NamedInterface("embedders")
package dev.lectern.library.embedders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
