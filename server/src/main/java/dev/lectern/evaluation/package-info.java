/**
 * Measures ranking and answers with datasets of questions whose answers are known. Nothing in production depends on it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"shared", "security", "library", "models", "ingestion", "retrieval", "answering"})
package dev.lectern.evaluation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
