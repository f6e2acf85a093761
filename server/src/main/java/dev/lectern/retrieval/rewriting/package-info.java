/**
 * Questions of a conversation made self-contained: by a rule, or by a chat model where one is configured. The rule searches for the last turn as well,
 * so that a change of subject costs next to nothing.
 */
@NullMarked
package dev.lectern.retrieval.rewriting;

import org.jspecify.annotations.NullMarked;
