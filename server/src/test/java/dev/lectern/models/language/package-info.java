/** Tests of the language detector on real sentences. Each language that has an analyzer of its own is among them. */
@NullMarked
package dev.lectern.models.language;

import org.jspecify.annotations.NullMarked;
