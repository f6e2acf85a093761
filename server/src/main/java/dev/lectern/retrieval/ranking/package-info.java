/**
 * The mathematics of ranking: pure, deterministic, ties broken by passage id. What was measured and what lost stands in docs/decisions/ranking.md.
 */
@NullMarked
package dev.lectern.retrieval.ranking;

import org.jspecify.annotations.NullMarked;
