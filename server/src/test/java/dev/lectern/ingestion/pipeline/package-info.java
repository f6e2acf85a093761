/**
 * The tests of the queue that several nodes share.
 */
@NullMarked
package dev.lectern.ingestion.pipeline;

import org.jspecify.annotations.NullMarked;
