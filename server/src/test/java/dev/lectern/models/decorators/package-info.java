/** Tests of the decorators around embedders and chat models, and of the active embedder. */
@NullMarked
package dev.lectern.models.decorators;

import org.jspecify.annotations.NullMarked;
