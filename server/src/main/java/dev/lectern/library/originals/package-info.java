/**
 * Stores the original bytes of documents by their hash, in a directory or in S3-compatible storage. Types of the AWS client are used only in S3Bucket.
 */
@NullMarked
@NamedInterface("originals")
package dev.lectern.library.originals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
