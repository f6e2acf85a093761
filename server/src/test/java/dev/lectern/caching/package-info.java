/**
 * One contract for every cache, and what is special about those that nodes share.
 */
@NullMarked
package dev.lectern.caching;

import org.jspecify.annotations.NullMarked;
