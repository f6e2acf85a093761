/**
 * Filters for citation markers and markup in a text that is still being written, and the spans of passages that the markers refer to. No I/O.
 */
@NullMarked
package dev.lectern.answering.citing;

import org.jspecify.annotations.NullMarked;
