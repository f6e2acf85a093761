/**
 * What every cache does wherever it keeps its values: seal them, count, let one load for all. Nearest first, then what the nodes share.
 */
@NullMarked
package dev.lectern.caching.tiers;

import org.jspecify.annotations.NullMarked;
