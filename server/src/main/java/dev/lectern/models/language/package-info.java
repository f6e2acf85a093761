/**
 * Detects the language of a text: by its script where that is unique, else by the frequencies of its letter groups. No other package uses the library of the
 * profiles.
 */
@NullMarked
package dev.lectern.models.language;

import org.jspecify.annotations.NullMarked;
