/**
 * Originals in a bucket of S3-compatible storage, through Amazon's client. A node keeps copies of those that it reads, as the parser reads files.
 */
@NullMarked
package dev.lectern.library.originals.s3;

import org.jspecify.annotations.NullMarked;
