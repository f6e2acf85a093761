/**
 * Any service with the API of Anthropic, through its LangChain4j client.
 */
@NullMarked
package dev.lectern.models.anthropic;

import org.jspecify.annotations.NullMarked;
