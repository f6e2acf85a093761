/**
 * Settings that may change while the server runs: stored in the database with who changed them, and the same on all nodes within two seconds. The modules that
 * own them register them through {@code RuntimeSettingSource}.
 */
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
