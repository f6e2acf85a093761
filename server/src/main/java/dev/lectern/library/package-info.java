/**
 * What is there: collections, documents, their text and passages, originals and the ledger. Adding, replacing and deleting happen here and nowhere else.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"shared", "storage", "http", "security", "index", "backup::spi", "observability::spi"})
package dev.lectern.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
