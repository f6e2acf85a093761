/**
 * One turn from a question to an answer, the cache around it, its events, and the pure state that the events add up to. Nothing here writes to the
 * database or knows HTTP.
 */
@NullMarked
package dev.lectern.answering.turn;

import org.jspecify.annotations.NullMarked;
