/**
 * From a task to a committed document: claim, parse, split into passages, embed, commit in batches and record the outcome. Every step can be
 * killed and repeated; nothing is embedded twice.
 */
@NullMarked
package dev.lectern.ingestion.pipeline;

import org.jspecify.annotations.NullMarked;
