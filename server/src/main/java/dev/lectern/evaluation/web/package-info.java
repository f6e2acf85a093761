/**
 * The HTTP API of evaluation: compares two embedders with the questions of an operator. Only operators may use it.
 */
@NullMarked
package dev.lectern.evaluation.web;

import org.jspecify.annotations.NullMarked;
