/**
 * Any endpoint that speaks the OpenAI protocol, through its LangChain4j client. Its errors are translated here once.
 */
@NullMarked
package dev.lectern.models.openai;

import org.jspecify.annotations.NullMarked;
