/**
 * Fixtures of the package of the same name, for the tests of both services.
 */
@NullMarked
package dev.lectern.models.gemini;

import org.jspecify.annotations.NullMarked;
