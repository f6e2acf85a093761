/**
 * Tests of the pipeline from a question to ranked passages, with hand-written fakes around it.
 */
@NullMarked
package dev.lectern.retrieval;

import org.jspecify.annotations.NullMarked;
