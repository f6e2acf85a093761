/**
 * The tests of sources, their connectors and scans.
 */
@NullMarked
package dev.lectern.ingestion.sources;

import org.jspecify.annotations.NullMarked;
