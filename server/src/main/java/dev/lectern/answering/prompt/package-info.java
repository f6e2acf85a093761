/**
 * The prompt for an answer: instructions from versioned resource files and numbered passages inside a token budget. Passages are data in it, never instructions.
 */
@NullMarked
package dev.lectern.answering.prompt;

import org.jspecify.annotations.NullMarked;
