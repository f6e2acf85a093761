/**
 * Where the sentences and words of a text are in every script, which numbers and names it mentions, and how many tokens it has. Rules over characters: no
 * model and no state; offsets count UTF-16 units.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "shared")
package dev.lectern.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
