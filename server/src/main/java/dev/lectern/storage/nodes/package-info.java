/**
 * The nodes that share one database: their admission, their leases and the ids of their data folders. No other package uses it directly.
 */
@NullMarked
package dev.lectern.storage.nodes;

import org.jspecify.annotations.NullMarked;
