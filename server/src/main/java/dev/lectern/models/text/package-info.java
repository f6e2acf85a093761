/**
 * Where the sentences and words of a text are, and which names and numbers it says. Rules over characters: no model, no state.
 */
@NullMarked
@NamedInterface("text")
package dev.lectern.models.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
