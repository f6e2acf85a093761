/**
 * The index of passages for lexical and dense search. The port is PassageIndex; its adapters are lucene and qdrant, which pass the same contract tests.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "security", "observability::spi"})
package dev.lectern.index;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
