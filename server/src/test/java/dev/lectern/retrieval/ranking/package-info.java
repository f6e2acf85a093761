/**
 * Tests of retrieval's ranking. They need no model and no index.
 */
@NullMarked
package dev.lectern.retrieval.ranking;

import org.jspecify.annotations.NullMarked;
