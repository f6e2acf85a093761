/**
 * Runs turns independently of their readers and holds the streams of running turns. A stream outlives its reader for a while, and a turn never waits for a
 * reader.
 */
@NullMarked
package dev.lectern.answering.streams;

import org.jspecify.annotations.NullMarked;
