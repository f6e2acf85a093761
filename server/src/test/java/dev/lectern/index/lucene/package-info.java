/** Tests of the Lucene index: the contract tests and tests of Lucene-specific behaviour. They use Lucene on real files. */
@NullMarked
package dev.lectern.index.lucene;

import org.jspecify.annotations.NullMarked;
