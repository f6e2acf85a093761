/** The audit log over HTTP. */
@NullMarked
package dev.lectern.audit.web;

import org.jspecify.annotations.NullMarked;
