/** Tests of the embedded index: the contract kit, and what only it can do wrong. Real Lucene on real files. */
@NullMarked
package dev.lectern.index.lucene;

import org.jspecify.annotations.NullMarked;
