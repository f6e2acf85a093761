/**
 * Documents over HTTP.
 */
@NullMarked
package dev.lectern.library.web;

import org.jspecify.annotations.NullMarked;
