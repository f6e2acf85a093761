/**
 * Health checks of the database and the data folder, and metrics of the connection pool. No other package uses it.
 */
@NullMarked
package dev.lectern.storage.health;

import org.jspecify.annotations.NullMarked;
