/**
 * Search over HTTP. It returns passages without an answer.
 */
@NullMarked
package dev.lectern.retrieval.web;

import org.jspecify.annotations.NullMarked;
