/** The tests of settings that change while the server runs. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "configuration",
            "storage",
            "http",
            "audit",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
