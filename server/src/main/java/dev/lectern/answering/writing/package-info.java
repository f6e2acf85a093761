/**
 * Writers of answers: one calls a chat model with a prompt, one quotes sentences of the passages, also as a fallback when no model can be reached. Every
 * writer keeps the deadline, whatever its model does. Filters check citation markers and markup while the text is being written, and each marker gets the
 * span of the passage that it refers to.
 */
@NullMarked
package dev.lectern.answering.writing;

import org.jspecify.annotations.NullMarked;
