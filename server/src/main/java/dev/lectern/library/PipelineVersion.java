package dev.lectern.library;

import dev.lectern.shared.EmbedderFingerprint;

/**
 * The version of everything that turns bytes into indexed passages. A document whose last attempt had the same bytes and the same version is up to date.
 *
 * @param pipeline the versions of parser and splitter, in one short text
 */
public record PipelineVersion(String pipeline, EmbedderFingerprint embedder) {}
