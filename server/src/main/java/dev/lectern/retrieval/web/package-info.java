/**
 * Search over HTTP. It finds passages and answers nothing.
 */
@NullMarked
package dev.lectern.retrieval.web;

import org.jspecify.annotations.NullMarked;
