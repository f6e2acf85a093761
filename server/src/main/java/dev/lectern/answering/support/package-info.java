/**
 * Which sentences of an answer its cited passages do not bear out. It compares numbers and names and knows no model.
 */
@NullMarked
package dev.lectern.answering.support;

import org.jspecify.annotations.NullMarked;
