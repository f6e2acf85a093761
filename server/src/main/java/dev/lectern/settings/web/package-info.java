/** Settings that may change while the server runs, over HTTP. */
@NullMarked
package dev.lectern.settings.web;

import org.jspecify.annotations.NullMarked;
