/** People and groups over HTTP. */
@NullMarked
package dev.lectern.security.web;

import org.jspecify.annotations.NullMarked;
