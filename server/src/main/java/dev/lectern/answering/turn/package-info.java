/**
 * One turn: the recipe from a question to an answer, its events, and the pure state that they add up to. It keeps nothing and knows no HTTP.
 */
@NullMarked
package dev.lectern.answering.turn;

import org.jspecify.annotations.NullMarked;
