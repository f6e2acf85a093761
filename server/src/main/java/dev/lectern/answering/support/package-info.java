/**
 * Finds the sentences of an answer that the cited passages do not support. It compares numbers and names and calls no model.
 */
@NullMarked
package dev.lectern.answering.support;

import org.jspecify.annotations.NullMarked;
