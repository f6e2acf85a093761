/**
 * The HTTP API of questions and answer streams. It checks requests and writes responses; the turn runs on its own threads.
 */
@NullMarked
package dev.lectern.answering.web;

import org.jspecify.annotations.NullMarked;
