package dev.lectern.library;

import dev.lectern.shared.EmbedderFingerprint;

/**
 * What passages are made with. A document whose bytes and recipe are those of its last attempt needs no work.
 *
 * @param pipeline the versions of parser and cutter, in one short text
 */
public record Recipe(String pipeline, EmbedderFingerprint embedder) {}
