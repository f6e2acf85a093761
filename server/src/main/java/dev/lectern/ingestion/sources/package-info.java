/**
 * Where documents come from: the sources, what a connector can do for them, and the scans that compare them with the library. Folders are the
 * first kind of source; they are watched for changes as well as scanned.
 */
@NullMarked
package dev.lectern.ingestion.sources;

import org.jspecify.annotations.NullMarked;
