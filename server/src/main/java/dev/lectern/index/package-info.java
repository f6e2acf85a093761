/**
 * Where passages can be searched, by words and by embeddings. The port is PassageIndex; every adapter runs the same contract kit.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "observability::spi"})
package dev.lectern.index;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
