/** Tests of text analysis: tables of cases in many scripts. */
@NullMarked
package dev.lectern.text;

import org.jspecify.annotations.NullMarked;
