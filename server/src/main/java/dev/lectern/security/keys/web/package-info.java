/** API keys over HTTP. */
@NullMarked
package dev.lectern.security.keys.web;

import org.jspecify.annotations.NullMarked;
