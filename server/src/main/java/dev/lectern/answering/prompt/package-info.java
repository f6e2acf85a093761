/**
 * Builds the prompt of an answer from instructions in versioned resource files and numbered passages within a token budget. Passages are data in the
 * prompt, never instructions.
 */
@NullMarked
package dev.lectern.answering.prompt;

import org.jspecify.annotations.NullMarked;
