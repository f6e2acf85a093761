/**
 * Evaluation over HTTP: two embedders compared with an operator's own questions. For who has the key file.
 */
@NullMarked
package dev.lectern.evaluation.web;

import org.jspecify.annotations.NullMarked;
