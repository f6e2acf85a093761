/**
 * Turns that run apart from their readers, and the streams that are kept of them. A stream outlives its reader for a while, and a turn never waits for one.
 */
@NullMarked
package dev.lectern.answering.streams;

import org.jspecify.annotations.NullMarked;
