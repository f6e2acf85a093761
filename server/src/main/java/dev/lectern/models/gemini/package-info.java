/**
 * Google Gemini through its LangChain4j client. Its errors are translated here once.
 */
@NullMarked
package dev.lectern.models.gemini;

import org.jspecify.annotations.NullMarked;
