/** The operations of the sign-in and of one's own account. */
@NullMarked
package dev.lectern.security.signin.web;

import org.jspecify.annotations.NullMarked;
