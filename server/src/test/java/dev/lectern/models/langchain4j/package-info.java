/** Tests of what all remote models share. Their services are played in {@code dev.lectern.models.remote}. */
@NullMarked
package dev.lectern.models.langchain4j;

import org.jspecify.annotations.NullMarked;
