/**
 * Any service with the OpenAI API, through its LangChain4j client. Its errors are translated here once.
 */
@NullMarked
package dev.lectern.models.openai;

import org.jspecify.annotations.NullMarked;
