/**
 * What the adapters on LangChain4j's clients share: one way to call out, that can be stopped and ends in time, and one translation of failures.
 * LangChain4j's types stop in this package and in those of the adapters.
 */
@NullMarked
package dev.lectern.models.langchain4j;

import org.jspecify.annotations.NullMarked;
