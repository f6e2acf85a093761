/**
 * The HTTP API of asking. It checks requests and writes streams; the turn runs elsewhere.
 */
@NullMarked
package dev.lectern.answering.web;

import org.jspecify.annotations.NullMarked;
