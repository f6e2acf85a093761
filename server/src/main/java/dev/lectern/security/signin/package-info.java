/** Signing in: passwords, sessions, the second factor, throttling, and links that work once. Built on Spring Security and Spring Session. */
@NullMarked
@NamedInterface("signin")
package dev.lectern.security.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
