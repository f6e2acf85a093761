/**
 * Tests of retrieval's rewriting. They need no model and no index.
 */
@NullMarked
package dev.lectern.retrieval.rewriting;

import org.jspecify.annotations.NullMarked;
