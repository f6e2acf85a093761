/** Signing in with an identity provider by OpenID Connect. Loaded only when one is configured. */
@NullMarked
@NamedInterface("oidc")
package dev.lectern.security.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
