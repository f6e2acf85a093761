/**
 * Citation markers in a text that is still being written, and the spans of passages that they stand for. All of it is pure.
 */
@NullMarked
package dev.lectern.answering.citing;

import org.jspecify.annotations.NullMarked;
