/**
 * The mathematics of ranking: pure and deterministic, ties are broken by passage id. Measurements and rejected alternatives are in docs/decisions/ranking.md.
 */
@NullMarked
package dev.lectern.retrieval.ranking;

import org.jspecify.annotations.NullMarked;
