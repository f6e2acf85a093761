/**
 * How an answer gets written: by a chat model from a prompt, or by quoting, which also steps in when no model can be reached. Every writer keeps its deadline, whatever its model does.
 */
@NullMarked
package dev.lectern.answering.writing;

import org.jspecify.annotations.NullMarked;
