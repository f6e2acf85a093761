/**
 * The chat model that needs no model: it quotes. Its choice of sentences is deterministic.
 */
@NullMarked
package dev.lectern.models.extractive;

import org.jspecify.annotations.NullMarked;
