/**
 * Shared by the adapters on LangChain4j: HTTP calls with cancellation and deadline, and the translation of failures. LangChain4j's types are used only here
 * and in the packages of the adapters.
 */
@NullMarked
package dev.lectern.models.langchain4j;

import org.jspecify.annotations.NullMarked;
