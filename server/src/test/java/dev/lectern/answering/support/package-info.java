/**
 * Tests of the check of answers. The planted sentences are in {@code support/planted.txt}.
 */
@NullMarked
package dev.lectern.answering.support;

import org.jspecify.annotations.NullMarked;
